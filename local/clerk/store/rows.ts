/** Rows of the tables in `schema.ts`, one interface a table. */
export interface UserRow {
  id: string
  email: string
  emailId: string
  externalId: string | null
  firstName: string | null
  lastName: string | null
  /** Null for an account that was made without one. */
  password: string | null
  publicMetadata: string
  privateMetadata: string
  unsafeMetadata: string
  createdAt: number
  updatedAt: number
  lastSignInAt: number | null
  wrongPasswords: number
  lockedUntil: number
}

export interface ClientRow {
  id: string
  secretHash: string
  changedAtSeconds: number
  createdAt: number
  updatedAt: number
}

export type SessionStatus = 'active' | 'ended' | 'removed' | 'revoked'

export interface SessionRow {
  id: string
  clientId: string
  userId: string
  status: SessionStatus
  userAgent: string
  ipAddress: string
  createdAt: number
  updatedAt: number
  lastActiveAt: number
  expireAt: number
}

export type AttemptKind = 'sign_in' | 'sign_up'

export interface AttemptRow {
  id: string
  clientId: string
  kind: AttemptKind
  data: string
  createdAt: number
}

export interface DeliveryRow {
  n: number
  id: string
  body: string
  attempts: number
  nextAt: number
}
