import { expect, test } from 'vitest'
import type { AuthProvider } from '../engine/backend.ts'
import { matchProvider } from './matchProvider.ts'

const clerk: AuthProvider = { type: 'oidc', domain: 'clerk.example.com/', applicationID: 'convex' }
const service: AuthProvider = { type: 'customJwt', issuer: 'https://service', jwks: 'data:,{}', algorithm: 'ES256' }
const mobile: AuthProvider = { ...service, issuer: 'https://mobile', applicationID: 'app' }

test('[AU1] the issuer decides, with the scheme and a trailing slash made equal', () => {
  expect(matchProvider([service, clerk], 'https://clerk.example.com', ['convex'])).toBe(clerk)
  expect(matchProvider([service, clerk], 'https://service/', [])).toBe(service)
  expect(matchProvider([service, clerk], 'http://clerk.example.com', ['convex'])).toBeUndefined()
})

test('[AU1] the audience must match where the provider names an application', () => {
  expect(matchProvider([clerk], 'https://clerk.example.com', ['other'])).toBeUndefined()
  expect(matchProvider([clerk], 'https://clerk.example.com', ['convex', 'other'])).toBeUndefined()
  expect(matchProvider([mobile], 'https://mobile', ['other', 'app'])).toBe(mobile)
  expect(matchProvider([mobile], 'https://mobile', [])).toBeUndefined()
})
