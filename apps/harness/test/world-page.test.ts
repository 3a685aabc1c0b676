import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'

import { findChromium, launchChromium } from '../src/browser/chromium.ts'
import { serveSimulator } from '../src/simulator/serve.ts'
import type { Served } from '../src/simulator/serve.ts'

const required = (process.env['TELAMON_REQUIRE_BROWSER'] ?? '') !== ''
const missing = findChromium() === undefined && !required

// Text, since the types of the browser's world are not known here.
const overhang = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
const focused = "(document.activeElement?.labels?.[0] ?? document.activeElement)?.textContent?.trim() ?? ''"

const pages = ['', 'people', 'issues', 'pages', 'requests', 'operations'] as const

/** Goes on with the tabulator until the control with this label has the focus. */
async function tabTo(page: Page, label: string): Promise<void> {
  for (let step = 0; step < 120; step += 1) {
    await page.keyboard.press('Tab')
    if (String(await page.evaluate(focused)).startsWith(label)) return
  }
  throw new Error(`The keyboard does not reach '${label}'.`)
}

/** Sends the form with the focus, and waits for the page that comes back. */
async function send(page: Page): Promise<void> {
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
}

describe.skipIf(missing)('the world page in Chromium', () => {
  let browser: Browser | undefined
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser?.close()
  })

  interface Tab extends Served {
    readonly page: Page
    readonly admin: string
    /** What the browser complains of. */
    readonly complaints: readonly string[]
  }

  async function open(options: BrowserContextOptions = {}): Promise<Tab> {
    const served = await serveSimulator({ port: 0, admin: true })
    onTestFinished(served.stop)
    const context = await browser?.newContext(options)
    if (context === undefined) throw new Error('There is no browser.')
    onTestFinished(() => context.close())
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(`${page.url()} ${message.text()}`)
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    const { admin = '' } = served
    await page.goto(admin)
    return { ...served, admin, page, complaints }
  }

  test('a fault is declared and removed, and time moved, by the keyboard alone', async () => {
    const { page, simulator, complaints } = await open()
    await tabTo(page, 'Stop it')
    await send(page)
    await page.getByText('standing still').waitFor()
    const before = simulator.clock.now()
    await tabTo(page, 'One hour on')
    await send(page)
    expect(simulator.clock.now() - before).toBe(3_600_000)
    await tabTo(page, 'What happens')
    await page.keyboard.type('502')
    await tabTo(page, 'Operation')
    await page.keyboard.type('getIssue')
    await send(page)
    await page.getByRole('button', { name: 'Remove' }).waitFor()
    expect(simulator.faults.list()).toEqual([
      expect.objectContaining({
        fault: { kind: 'error', status: 502, body: 'html' },
        match: { operation: 'getIssue' },
      }),
    ])
    await tabTo(page, 'Remove')
    await send(page)
    await page.getByText('None is declared').waitFor()
    expect(complaints).toEqual([])
  })

  test.each(
    ([400, 1280] as const).flatMap((width) =>
      (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })),
    ),
  )(
    'every page fits a window of $width px in $colorScheme, and the browser has no complaint',
    async (view) => {
      const { width, colorScheme } = view
      const { page, admin, simulator, complaints } = await open({
        viewport: { width, height: 900 },
        colorScheme,
      })
      simulator.faults.add({
        fault: { kind: 'hang' },
        match: { operation: 'getIssue', person: 'maya' },
        share: 0.5,
      })
      for (const name of pages) {
        await page.goto(`${admin}${name}`)
        expect(await page.getByRole('note').innerText()).toContain('This is a simulator')
        expect({ name, overhang: await page.evaluate(overhang) }).toEqual({ name, overhang: 0 })
      }
      expect(complaints).toEqual([])
    },
  )

  test('issues and pages are found by their words and lead to where they are shown', async () => {
    const { page, admin, complaints } = await open()
    await page.goto(`${admin}issues`)
    await tabTo(page, 'Text')
    await page.keyboard.type('ALPHA-7')
    await send(page)
    await page.getByRole('link', { name: 'ALPHA-7', exact: true }).click()
    await page.getByRole('button', { name: /^maya/i }).click()
    await page.getByText('ALPHA-7').first().waitFor()
    expect(new URL(page.url()).pathname).toBe('/browse/ALPHA-7')
    expect(complaints).toEqual([])
  })
})
