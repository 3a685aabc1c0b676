import type { Call } from '../http/call.ts'
import type { Organization } from '../world/service-model.ts'
import { serviceAddress } from './answers.ts'
import { dateView } from './values.ts'

/** An organization of customers (documented). */
export function organizationView(
  view: Pick<Call, 'links' | 'caller' | 'site' | 'clock'>,
  { id, uuid, name, createdAt }: Organization,
): Record<string, unknown> {
  return {
    id,
    uuid,
    name,
    created: dateView(view, createdAt),
    scimManaged: false,
    _links: { self: serviceAddress(view, `organization/${id}`) },
  }
}
