import { getSlaInformation, getSlaInformationById } from '@telamon/jira/service-management'

import { serve, type Served } from '../http/call.ts'
import { ok } from '../http/reply.ts'
import { answeredRequestOf } from './access.ts'
import { refuseService, servicePage } from './answers.ts'
import { slaView } from './sla-view.ts'
import { metricsOf } from './sla.ts'

/** Promises are shown to agents alone (documented). */
export const slaHandlers: readonly Served[] = [
  serve(getSlaInformation, ['start', 'limit'], (call) => {
    const { issue } = answeredRequestOf(call)
    return ok(servicePage(call, metricsOf(call.site, issue), (metric) => slaView(call, issue, metric)))
  }),
  serve(getSlaInformationById, [], (call) => {
    const { issue } = answeredRequestOf(call)
    const metric = metricsOf(call.site, issue).find(({ id }) => id === call.path['slaMetricId'])
    return metric
      ? ok(slaView(call, issue, metric))
      : refuseService(404, `No SLA exists with id '${call.path['slaMetricId']}'.`)
  }),
]
