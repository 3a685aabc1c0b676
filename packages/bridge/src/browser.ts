import type { ChildProcess } from 'node:child_process'

import { isLoopback } from './sign-in/addresses.ts'
import type { OpenBrowser } from './sign-in/browser-sign-in.ts'

/** How a browser is started. */
export interface BrowserOptions {
  readonly platform: NodeJS.Platform
  /** A program that is given the address as its only argument, as the variable `BROWSER` has it. Default: the system's. */
  readonly command?: string
  /** Plain http also to other machines. Default: false. */
  readonly allowHttp?: boolean
}

/** The system's own way to open an address, as a program and its arguments. None of them is a shell. */
const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
}

/** Milliseconds after which a program that still runs counts as one that works. */
const patienceMs = 500

/**
 * Makes what opens addresses in a browser. Only https: addresses are opened, and http: ones of this machine; the
 * program gets the address as one argument, and no shell sees it. Resolves with false when nothing was started.
 */
export function createBrowser({ platform, command, allowHttp = false }: BrowserOptions): OpenBrowser {
  return async (url) => {
    const http = url.protocol === 'http:' && (allowHttp || isLoopback(url.hostname))
    if (url.protocol !== 'https:' && !http) return false
    const [program, ...args] = command === undefined ? (openers[platform] ?? ['xdg-open']) : [command]
    const { spawn } = await import('node:child_process')
    return works(
      spawn(program, [...args, url.href], {
        stdio: 'ignore',
        detached: true,
        shell: false,
        windowsHide: true,
      }),
    )
  }
}

/** Waits until the program has ended well, or has run for a moment. */
function works(child: ChildProcess): Promise<boolean> {
  child.unref()
  return new Promise((resolve) => {
    const moment = setTimeout(() => resolve(true), patienceMs)
    const settle = (isWell: boolean): void => {
      clearTimeout(moment)
      resolve(isWell)
    }
    child.once('error', () => settle(false))
    child.once('exit', (code) => settle(code === 0))
  })
}
