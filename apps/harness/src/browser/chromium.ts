import { accessSync, constants } from 'node:fs'

import type { Browser, BrowserType } from 'playwright-core'

import { Fault } from '../fault.ts'

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** Where Chromium is: what `CHROME_PATH` says, else where systems put it; undefined when it is nowhere. */
export function findChromium(path: string | undefined = process.env['CHROME_PATH']): string | undefined {
  return (path === undefined || path === '' ? usual : [path]).find(isProgram)
}

/** Without the flags, a new Chromium asks for updates and for hosts that a closed network does not have. */
const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * Starts a headless Chromium with an empty profile.
 *
 * @throws Fault when there is none, or nothing to drive it with.
 */
export async function launchChromium(path: string | undefined = findChromium()): Promise<Browser> {
  if (path === undefined)
    throw new Fault('No Chromium was found. Install it, or say where it is in CHROME_PATH.')
  return (await driver()).launch({ executablePath: path, args: quiet })
}

/** It is large and needed for pictures only, so it is not part of the bundle. */
async function driver(): Promise<BrowserType> {
  try {
    return (await import('playwright-core')).chromium
  } catch (cause) {
    throw new Fault('Driving Chromium takes the package playwright-core. Install it beside this one.', {
      cause,
    })
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
