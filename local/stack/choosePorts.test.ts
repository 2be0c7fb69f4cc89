import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { choosePorts, computePorts, findFreeBase, isPortFree } from './choosePorts.ts'

const freeBut = (...taken: number[]) => {
  const set = new Set(taken)
  return (port: number) => Promise.resolve(!set.has(port))
}

test('every port follows from the app’s', async () => {
  const ports = { web: 3000, clerk: 4510, convex: 3210, convexSite: 3211, inngest: 8288, model: 4400 }
  expect(computePorts(3000)).toEqual(ports)
  expect(await choosePorts(3000, freeBut())).toEqual(ports)
})

test('Convex, Inngest and the model move up when their port is taken, Convex with both of its ports', async () => {
  expect(await choosePorts(3000, freeBut(3211, 8288, 8289, 4400))).toEqual({
    web: 3000,
    clerk: 4510,
    convex: 3212,
    convexSite: 3213,
    inngest: 8290,
    model: 4401,
  })
})

test('a port given to one part is not given to another', async () => {
  // The model would like 4510 - 110 = 4400; everything up to Clerk's own port is taken.
  const taken = Array.from({ length: 110 }, (_, index) => 4400 + index)
  expect((await choosePorts(3000, freeBut(...taken))).model).toBe(4511)
})

test('the app’s and Clerk’s ports do not move: a taken one is a sentence that says what to do', async () => {
  await expect(choosePorts(3000, freeBut(3000))).rejects.toThrow(/Port 3000, which the app needs.*set PORT/s)
  await expect(choosePorts(3000, freeBut(4510))).rejects.toThrow(
    /Port 4510, which the local Clerk needs.*issuer.*set PORT/s,
  )
})

test('a port on which someone listens is not free', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  expect(await isPortFree(address.port)).toBe(false)
  await new Promise((resolve) => server.close(resolve))
  expect(await isPortFree(address.port)).toBe(true)
})

test('a base for tests has all its ports free and below the range for outgoing connections', async () => {
  const base = await findFreeBase(() => 0.999)
  expect(Math.max(...Object.values(computePorts(base)))).toBeLessThan(32_768)
})
