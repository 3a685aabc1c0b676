import { attachmentClaims } from './attachments.ts'
import { bulkClaims } from './bulk.ts'
import type { Claim } from './claim.ts'
import { configurationClaims } from './configuration.ts'
import { cqlClaims } from './cql.ts'
import { customFieldClaims } from './custom-fields.ts'
import { footerCommentsClaims } from './footer-comments.ts'
import { gatewayClaims } from './gateway.ts'
import { issueActionClaims } from './issue-actions.ts'
import { issuesClaims } from './issues.ts'
import { jqlClaims } from './jql.ts'
import { pagesClaims } from './pages.ts'
import { peopleClaims } from './people.ts'
import { permissionClaims } from './permissions.ts'
import { projectAdminClaims } from './project-admin.ts'
import { projectPartClaims } from './project-parts.ts'
import { projectsClaims } from './projects.ts'
import { propertyClaims } from './properties.ts'
import { searchClaims } from './search.ts'
import { sharingClaims } from './sharing.ts'
import { signInClaims } from './sign-in.ts'

/** Everything that is claimed. A source such as F-GW-01 is a fact of the project's collection; a bare name is an operation of a document. */
export const claims: readonly Claim[] = [
  ...signInClaims,
  ...gatewayClaims,
  ...issuesClaims,
  ...searchClaims,
  ...projectsClaims,
  ...pagesClaims,
  ...footerCommentsClaims,
  ...cqlClaims,
  ...attachmentClaims,
  ...propertyClaims,
  ...issueActionClaims,
  ...bulkClaims,
  ...sharingClaims,
  ...projectPartClaims,
  ...projectAdminClaims,
  ...permissionClaims,
  ...peopleClaims,
  ...configurationClaims,
  ...customFieldClaims,
  ...jqlClaims,
]
