import { describe, expect, it } from 'vitest'
import { isKeyOutOfPlace } from './isKeyOutOfPlace.ts'

const local = `pk_live_${btoa('127.0.0.1:4510$').replace(/=+$/, '')}`
const hosted = `pk_live_${btoa('clerk.example.com$')}`

describe('a publishable key and the host it is used on', () => {
  it.each(['localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'one.localhost'])(
    'fit when a local key serves %s',
    (host) => {
      expect(isKeyOutOfPlace(local, host)).toBe(false)
    },
  )

  it.each(['chat.example.com', 'localhost.example.com', '192.168.1.4:3000', ''])(
    'do not fit when a local key serves "%s"',
    (host) => {
      expect(isKeyOutOfPlace(local, host)).toBe(true)
    },
  )

  it('always fit for a key of the hosted service', () => {
    expect(isKeyOutOfPlace(hosted, 'chat.example.com')).toBe(false)
    expect(isKeyOutOfPlace(hosted, 'localhost:3000')).toBe(false)
  })
})
