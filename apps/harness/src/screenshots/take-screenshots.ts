import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'

import type { Browser, Page } from 'playwright-core'

import { authorizationRequest } from '../agents/authorization-request.ts'
import { redirectOf } from '../agents/sign-in.ts'
import { launchChromium } from '../browser/chromium.ts'
import type { Demo } from '../processes/demo.ts'

const widths = [400, 800, 1280] as const
const schemes = ['light', 'dark'] as const
const HEIGHT = 900

/** A way to look at a page. */
interface View {
  readonly width: (typeof widths)[number]
  readonly scheme: (typeof schemes)[number]
}

interface Shooting {
  readonly demo: Demo
  readonly page: Page
  /** Takes the whole page as a picture with this name. */
  readonly shoot: (name: string) => Promise<void>
}

/**
 * Walks through every page of the demo in Chromium at three widths, light and dark, and keeps a picture of each.
 *
 * @returns the files, such as `consent-400-dark.png`.
 * @throws Fault when there is no Chromium.
 */
export async function takeScreenshots(demo: Demo, folder: string): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true })
  await using browser = await launchChromium()
  const files: string[] = []
  for (const width of widths) {
    for (const scheme of schemes) {
      await inView(browser, { width, scheme }, async (page) => {
        const shoot = async (name: string): Promise<void> => {
          const path = join(resolve(folder), `${name}-${width}-${scheme}.png`)
          await page.screenshot({ path, fullPage: true })
          files.push(path)
        }
        for (const tour of [landing, signIn, account, refusals, site]) await tour({ demo, page, shoot })
      })
    }
  }
  return files
}

async function inView(
  browser: Browser,
  { width, scheme }: View,
  look: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({
    viewport: { width, height: HEIGHT },
    colorScheme: scheme,
    reducedMotion: 'reduce',
  })
  await look(await context.newPage())
  await context.close()
}

async function landing({ demo, page, shoot }: Shooting): Promise<void> {
  await page.goto(demo.origin)
  await shoot('landing')
}

/** From a client's request to its redirect address. */
async function signIn({ demo, page, shoot }: Shooting): Promise<void> {
  const request = await authorizationRequest(demo.mcp)
  const { href } = redirectOf(request)
  await page.route(`${href}**`, (route) => route.fulfill({ body: 'Back at the client.' }))
  await page.goto(request.href)
  await shoot('consent')
  await page.locator('summary').click()
  await page.getByLabel(/read only/i).check()
  await shoot('consent-read-only')
  await page.getByRole('button', { name: /^continue/i }).click()
  await page.getByRole('button', { name: /^maya/i }).waitFor()
  await shoot('simulator-sign-in')
  await page.getByRole('button', { name: /^maya/i }).click()
  await page.getByRole('button', { name: 'Accept' }).waitFor()
  await shoot('simulator-consent')
  await page.getByRole('button', { name: 'Accept' }).click()
  await page.getByRole('checkbox').first().waitFor()
  await shoot('sites')
  await page.getByRole('button', { name: /^allow/i }).click()
  await page.getByRole('alert').waitFor()
  await page.getByRole('checkbox').first().check()
  await shoot('sites-none-chosen')
  await page.getByRole('button', { name: /^allow/i }).click()
  await page.waitForURL(`${href}**`)
}

/** The page of a person's connections, of which the sign-in before has left one. */
async function account({ demo, page, shoot }: Shooting): Promise<void> {
  await page.goto(`${demo.origin}/account`)
  await shoot('account-sign-in')
  await page.getByRole('button', { name: /^sign in with/i }).click()
  await page.getByRole('button', { name: /^maya/i }).click()
  await page.getByRole('button', { name: 'Accept' }).click()
  await page
    .getByRole('button', { name: /^end connection/i })
    .first()
    .waitFor()
  await shoot('account')
  await page
    .getByRole('button', { name: /^end connection/i })
    .first()
    .click()
  await page.getByRole('status').waitFor()
  await shoot('account-ended')
}

/** Pages for what has gone wrong. */
async function refusals({ demo, page, shoot }: Shooting): Promise<void> {
  await page.goto(`${demo.origin}/authorize?client_id=nobody&redirect_uri=http://127.0.0.1/`)
  await shoot('error-unknown-client')
  await page.goto(`${demo.origin}/callback?state=foreign&code=foreign`)
  await shoot('error-foreign-callback')
}

/** The simulated site, for somebody who looks around. */
async function site({ demo, page, shoot }: Shooting): Promise<void> {
  const [origin = ''] = Object.values(demo.sites)
  await page.goto(origin)
  await shoot('simulator-who-looks')
  await page.getByRole('button', { name: /^maya/i }).click()
  await page.getByRole('heading', { name: 'Jira projects' }).waitFor()
  await shoot('simulator-site')
  await page.goto(`${origin}/browse/ALPHA-7`)
  await shoot('simulator-issue')
  await page.goto(origin)
  await page.getByRole('link', { name: 'Product', exact: true }).click()
  await page.getByRole('link', { name: 'Q2 Planning', exact: true }).last().click()
  await page.getByRole('heading', { name: 'Q2 Planning', exact: true }).waitFor()
  await shoot('simulator-page')
}
