import { describe, expect, it } from 'vitest'

import type { Dialect } from '../src/index.ts'
import { compile, parseJql, prepareText } from '../src/index.ts'
import { context, finds, plain } from './find.ts'
import type { Ticket } from './world.ts'

const stems = (text: string): string => prepareText(text).stems.join(' ')

describe('text', () => {
  const summary = 'Login errors on the Café page: foo-bar, running late'

  it.each([
    'login',
    'LOGIN error',
    'error login',
    '"login errors"',
    'errors on',
    'caf?',
    'log*',
    'run',
    'cafe\u0301',
    'foo-bar',
    'login -missing',
    'missing OR login',
    'login AND error',
    'lo?in',
    'e*r*s',
    '+login',
    'login NOT missing',
    'login~ page^4',
  ])('is found by %j', (words) => {
    expect(finds(`summary ~ ${JSON.stringify(words)}`, { summary })).toBe(true)
  })

  it.each([
    'ogin',
    'log',
    '"errors login"',
    'login missing',
    'login -error',
    'NOT login page',
    '"bar foo"',
    'x OR y',
    'lo?n',
    '-missing',
  ])('is not found by %j', (words) => {
    expect(finds(`summary ~ ${JSON.stringify(words)}`, { summary })).toBe(false)
  })

  it('is looked for in each of several texts by itself', () => {
    const comments = ['alpha beta', 'gamma']
    expect(finds('comment ~ "beta alpha"', { comments })).toBe(true)
    expect(finds('comment ~ "alpha gamma"', { comments })).toBe(false)
  })

  it('is found in scripts without spaces', () => {
    expect(finds('summary ~ 日本', { summary: 'これは日本語です' })).toBe(true)
    expect(finds('summary ~ 本日', { summary: 'これは日本語です' })).toBe(false)
  })

  it('is not tried against wildcards where a word is no word', () => {
    expect(finds('summary ~ "a*a*a*a*b"', { summary: 'a'.repeat(1_000_000) })).toBe(false)
    expect(finds(`summary ~ "${'a*'.repeat(400)}"`, { summary: 'a' })).toBe(false)
  })

  it('means by a number its digits', () => {
    expect(finds('summary ~ 404', { summary: 'Error 404' })).toBe(true)
  })

  it('can be prepared once for many searches', () => {
    const prepared: Dialect<Ticket> = {
      fields: [{ name: 'summary', type: 'text', get: ({ summary: text = '' }) => prepareText(text) }],
    }
    const { test } = compile(parseJql('summary ~ "errors log*"').query, prepared, context)
    expect(test({ ...plain, summary })).toBe(true)
  })

  it('is compared by stems', () => {
    expect(stems('caresses ponies cats agreed plastered motoring hopping falling sized happy')).toBe(
      'caress poni cat agre plaster motor hop fall size happi',
    )
    expect(
      stems('relational conditional vietnamization electrical hopefulness adoption controlling rate'),
    ).toBe('relat condit vietnam electr hope adopt control rate')
    expect(stems(`${'a'.repeat(50_000)} Straße`)).toBe(`${'a'.repeat(50_000)} straße`)
  })
})
