import { createServer } from 'node:net'
import type { Server } from 'node:net'

const LOWEST = 14_000
const HIGHEST = 24_000
const MOST_TRIES = 50

/**
 * Finds ports in a row that nobody listens on, below the range from which systems hand out ports by themselves.
 * Another program can take one before you do: be ready to ask again.
 *
 * @returns the first of them.
 */
export async function freePorts(count: number): Promise<number> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const first = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST))
    if (await areFree(first, count)) return first
  }
  throw new Error(`No ${count} free ports in a row were found in ${MOST_TRIES} tries.`)
}

async function areFree(first: number, count: number): Promise<boolean> {
  const held: Server[] = []
  try {
    for (let offset = 0; offset < count; offset += 1) held.push(await hold(first + offset))
    return true
  } catch {
    return false
  } finally {
    await Promise.all(held.map(release))
  }
}

function hold(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      resolve(server)
    })
  })
}

function release(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve()
    })
  })
}
