import type { Call } from '../http/call.ts'
import type { RequestType } from '../world/service-model.ts'
import { serviceAddress } from './answers.ts'

const sizes = { '48x48': 'large', '24x24': 'small', '16x16': 'xsmall', '32x32': 'medium' }

function iconUrls({ links }: Pick<Call, 'links'>, iconId: string): Record<string, string> {
  const address = `${links.rest}/rest/api/2/universal_avatar/view/type/SD_REQTYPE/avatar/${iconId}`
  return Object.fromEntries(Object.entries(sizes).map(([size, name]) => [size, `${address}?size=${name}`]))
}

/** A kind of request (documented). */
export function requestTypeView(
  view: Pick<Call, 'links' | 'site'>,
  type: RequestType,
): Record<string, unknown> {
  const { id, deskId, name, description, helpText, issueTypeId, groupIds, iconId } = type
  return {
    _expands: ['field'],
    id,
    _links: { self: serviceAddress(view, `servicedesk/${deskId}/requesttype/${id}`) },
    name,
    description,
    helpText,
    issueTypeId,
    serviceDeskId: deskId,
    portalId: deskId,
    groupIds,
    icon: { id: iconId, _links: { iconUrls: iconUrls(view, iconId) } },
    restrictionStatus: 'OPEN',
  }
}
