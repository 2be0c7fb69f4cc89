/** The closed vocabulary of refusals, in the words the browser's forms understand, and their one JSON shape. */
const refusals = {
  form_identifier_not_found: { status: 422, message: "Couldn't find your account." },
  form_password_incorrect: { status: 422, message: 'Password is incorrect. Try again, or use another method.' },
  form_identifier_exists: { status: 422, message: 'That email address is taken. Please try another.' },
  form_param_missing: { status: 422, message: 'This field is missing.' },
  form_param_nil: { status: 422, message: 'Enter a value.' },
  form_param_format_invalid: { status: 422, message: 'This does not look right.' },
  form_password_length_too_short: { status: 422, message: 'Passwords must be 8 characters or more.' },
  form_password_length_too_long: { status: 422, message: 'Passwords must be 72 characters or fewer.' },
  strategy_for_user_invalid: { status: 422, message: 'This account cannot sign in that way.' },
  ticket_invalid: { status: 400, message: 'This sign-in link is used up, expired or unknown.' },
  user_locked: { status: 403, message: 'Your account is locked. Try again later.' },
  sign_up_closed: { status: 403, message: 'New accounts are switched off here.' },
  too_many_requests: { status: 429, message: 'Too many requests. Please try again in a bit.' },
  signed_out: { status: 401, message: 'You are signed out.' },
  host_invalid: { status: 401, message: 'This address is served through the application only.' },
  authorization_invalid: { status: 401, message: 'The secret key is missing or wrong.' },
  origin_invalid: { status: 400, message: 'This origin may not use the local Clerk.' },
  request_invalid: { status: 400, message: 'The request could not be read.' },
  resource_not_found: { status: 404, message: 'Not found.' },
  method_not_allowed: { status: 405, message: 'This address does not take that method.' },
  internal: { status: 500, message: 'The local Clerk failed; its log has the reason.' },
} as const satisfies Record<string, { status: number; message: string }>

export type ClerkErrorCode = keyof typeof refusals

export interface RefusalDetail {
  /** The form field the sentence belongs under. */
  param?: string
  /** Says more than the code's own sentence. */
  message?: string
  retryAfterSeconds?: number
}

export class ClerkError extends Error {
  readonly code: ClerkErrorCode
  readonly status: number
  readonly detail: RefusalDetail
  constructor(code: ClerkErrorCode, detail: RefusalDetail = {}) {
    super(detail.message ?? refusals[code].message)
    this.code = code
    this.status = refusals[code].status
    this.detail = detail
  }
}

export function encodeError(error: ClerkError): Response {
  const { param, retryAfterSeconds } = error.detail
  const body = {
    errors: [
      {
        code: error.code,
        message: refusals[error.code].message,
        long_message: error.message,
        meta: param === undefined ? {} : { param_name: param },
      },
    ],
    meta: {},
  }
  const headers = new Headers({ 'content-type': 'application/json', 'cache-control': 'no-store' })
  if (retryAfterSeconds !== undefined) headers.set('retry-after', String(retryAfterSeconds))
  return new Response(JSON.stringify(body), { status: error.status, headers })
}
