import type { Algorithm } from './page.ts'
import { cell, grain } from './page.ts'

/**
 * The generic cell rate algorithm: one instant, the theoretical arrival time. A unit moves it `interval` ahead, and it may
 * be `tolerance` ahead of now.
 *
 * @see https://www.itu.int/rec/T-REC-I.371
 */
export const rolling: Algorithm = {
  width: 1,
  wait({ interval, tolerance }, page, at) {
    const { now } = page
    const step = page.cost * interval
    if (step > tolerance) return Infinity
    const wait = Math.max(cell(page, at), now) + step - now - tolerance
    return wait > grain ? wait : 0
  },
  charge({ interval }, page, at) {
    page.cells[at] = Math.max(page.now, Math.max(cell(page, at), page.now) + page.cost * interval)
  },
  remaining({ interval, tolerance }, page, at) {
    // What is a whole unit but for the arithmetic of fractions counts as one.
    const units = (tolerance - Math.max(0, cell(page, at) - page.now)) / interval
    return Math.max(0, Math.floor(units + 1e-9))
  },
  reset: (_, page, at) => Math.max(0, cell(page, at) - page.now),
  idle: (_, page, at) => cell(page, at) <= page.now,
}

/** Nothing passes before an instant. */
export const pause: Algorithm = {
  width: 1,
  wait: (_, page, at) => Math.max(0, cell(page, at) - page.now),
  charge: () => {},
  remaining: () => 0,
  reset: (_, page, at) => Math.max(0, cell(page, at) - page.now),
  idle: (_, page, at) => cell(page, at) <= page.now,
}
