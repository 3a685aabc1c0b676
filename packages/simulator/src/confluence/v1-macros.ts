import {
  getAndAsyncConvertMacroBodyByMacroId,
  getAndConvertMacroBodyByMacroId,
  getMacroBodyByMacroId,
} from '@telamon/confluence/v1'

import { bodyAs, bodyFormats } from '../content/body.ts'
import { type Macro, macrosIn } from '../content/macros.ts'
import { type Call, serve, type Served } from '../http/call.ts'
import { ok } from '../http/reply.ts'
import type { Body, Conversion } from '../world/confluence-model.ts'
import { contentV1, refuseInputV1, refuseMissingV1 } from './v1-answers.ts'
import { newest } from './view.ts'

/** The macro that the path names, in the version that it names; 0 is the newest (documented). */
function macroAt(call: Call): Macro {
  const content = contentV1(call, call.path['id'])
  const wanted = call.path['version'] ?? '0'
  const version =
    wanted === '0' ? newest(content) : content.versions.find(({ number }) => String(number) === wanted)
  const macro = version && macrosIn(version.body).find(({ id }) => id === call.path['macroId'])
  return macro ?? refuseMissingV1(`No macro found with id: ${call.path['macroId'] ?? ''}`)
}

/** The body of a macro in another form. */
function converted(call: Call): ReturnType<typeof bodyAs> {
  const format = bodyFormats.find((one) => one === call.path['to'])
  if (!format) return refuseInputV1('The body cannot be converted into this form')
  const body: Body = { representation: 'storage', value: macroAt(call).body }
  return bodyAs(body, format)
}

const names = ['expand', 'spaceKeyContext', 'embeddedContentRender'] as const

export const macroHandlers: readonly Served[] = [
  serve(getMacroBodyByMacroId, [], (call) => {
    const { name, body, parameters } = macroAt(call)
    const wrapped = Object.entries(parameters).map(([key, value]) => [key, { value }])
    return ok({ name, body, parameters: Object.fromEntries(wrapped), _links: {} })
  }),
  serve(getAndConvertMacroBodyByMacroId, names, (call) => ok({ ...converted(call), embeddedContent: [] })),
  serve(getAndAsyncConvertMacroBodyByMacroId, [...names, 'allowCache'], (call) => {
    const { representation, value } = converted(call)
    const conversion: Conversion = {
      id: call.random.uuid('conversion'),
      ownerId: call.caller.person?.accountId ?? '',
      startedAt: call.clock.now(),
      looks: 0,
      representation,
      value,
    }
    call.site.confluence.conversions.set(conversion.id, conversion)
    return ok({ asyncId: conversion.id })
  }),
]
