/** A refusal of an HTTP request: what the client sees is `{"code", "message"}` with this status. */
export class HttpError extends Error {
  readonly status: number
  readonly code: string
  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }

  toJson(): string {
    return JSON.stringify({ code: this.code, message: this.message })
  }
}
