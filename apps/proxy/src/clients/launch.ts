import { dirname, join } from 'node:path'

/** What this process was started as. */
export interface Self {
  readonly node: string
  readonly script: string
  readonly version: string
  readonly platform: NodeJS.Platform
}

/** A program and its first arguments. */
export interface Launch {
  readonly command: string
  readonly args: readonly string[]
}

/**
 * How a client starts the proxy: by full paths, since clients look for programs elsewhere than a shell does. The cache of
 * npx may be emptied at any time, so what runs from there is started by npx, in exactly this version.
 */
export function launchOf({ node, script, version, platform }: Self): Launch {
  if (!/[\\/]_npx[\\/]/.test(script)) return { command: node, args: [script] }
  const rest = ['-y', `@telamon/proxy@${version}`]
  return platform === 'win32'
    ? { command: 'cmd', args: ['/c', 'npx', ...rest] }
    : { command: join(dirname(node), 'npx'), args: rest }
}
