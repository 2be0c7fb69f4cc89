import { expect, test } from 'vitest'
import { identityFromClaims } from './claims.ts'

const registered = { iss: 'https://i', sub: 'u', aud: 'convex', exp: 2, iat: 1, nbf: 1, jti: 'j', fva: [1, 2] }

test('[AU6] an OIDC identity has the standard claims under their Convex names and keeps the rest', () => {
  const identity = identityFromClaims('oidc', {
    ...registered,
    given_name: 'Ada',
    email_verified: true,
    phone_number_verified: false,
    profile: 'p',
    picture: 'q',
    website: 'w',
    birthdate: '1815-12-10',
    zoneinfo: 'UTC',
    locale: 'en',
    address: { formatted: '12 Lane' },
    updated_at: 0,
    sid: 'sess_1',
    org: { id: 'o' },
  })
  expect(identity).toEqual({
    tokenIdentifier: 'https://i|u',
    subject: 'u',
    issuer: 'https://i',
    givenName: 'Ada',
    emailVerified: true,
    phoneNumberVerified: false,
    profileUrl: 'p',
    pictureUrl: 'q',
    websiteUrl: 'w',
    birthday: '1815-12-10',
    timezone: 'UTC',
    language: 'en',
    address: '12 Lane',
    updatedAt: '1970-01-01T00:00:00.000Z',
    sid: 'sess_1',
    org: { id: 'o' },
  })
})

test('[AU6] a customJwt identity keeps claims as they are and flattens nested ones with dots', () => {
  expect(
    identityFromClaims('customJwt', { ...registered, given_name: 'Ada', org: { id: 'o', role: { name: 'r' } } }),
  ).toEqual({
    tokenIdentifier: 'https://i|u',
    subject: 'u',
    issuer: 'https://i',
    given_name: 'Ada',
    'org.id': 'o',
    'org.role.name': 'r',
  })
})

test('[AU6] no claim can pretend to be another subject, and names that no value may have are dropped', () => {
  const identity = identityFromClaims('oidc', {
    iss: 'i',
    sub: 'u',
    subject: 'root',
    tokenIdentifier: 'x',
    $where: 1,
    é: 2,
  })
  expect(identity).toEqual({ tokenIdentifier: 'i|u', subject: 'u', issuer: 'i' })
})
