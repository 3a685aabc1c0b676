import { join } from 'node:path'

import { buildProxy } from './build.ts'

/** A program that stands between standard input and output and a server. */
export interface Contender {
  readonly name: string
  readonly command: (url: string) => readonly [string, ...string[]]
}

const modules = join(import.meta.dirname, '..', 'node_modules')
const node = process.execPath

/** Ours, as it is published. */
export const ours = (): Contender => {
  const file = buildProxy()
  return { name: 'telamon-proxy', command: (url) => [node, file, url] }
}

/** The one that ours replaces. */
export const mcpRemote: Contender = {
  name: 'mcp-remote',
  command: (url) => [node, join(modules, 'mcp-remote', 'dist', 'proxy.js'), url],
}

/** The others that are in use. */
export const others: readonly Contender[] = [
  {
    name: 'supergateway',
    command: (url) => [
      node,
      join(modules, 'supergateway', 'dist', 'index.js'),
      '--streamableHttp',
      url,
      '--logLevel',
      'none',
    ],
  },
  {
    name: 'mcp-proxy',
    command: (url) => [node, join(import.meta.dirname, 'mcp-proxy-stdio.ts'), url],
  },
]
