import type { CallOptions, Rest, UploadFile } from '@telamon/rest'
import { type List, type ListOptions, asIs, listOf } from '@telamon/rest/surface'

import {
  addRequestParticipants,
  answerApproval,
  attachTemporaryFile,
  createCommentWithAttachment,
  createCustomerRequest,
  createRequestComment,
  getApprovals,
  getCustomerRequestByIdOrKey,
  getCustomerRequests,
  getCustomerTransitions,
  getRequestComments,
  getRequestParticipants,
  getSlaInformation,
  performCustomerTransition,
} from '../generated/service-management/operations.gen.ts'
import type {
  ApprovalDto,
  AttachmentCreateResultDto,
  CommentDto,
  CustomerRequestDto,
  CustomerTransitionDto,
  SlaInformationDto,
  UserDto,
} from '../generated/service-management/types.gen.ts'

/** Which requests to list. */
export interface RequestSearch extends ListOptions {
  readonly serviceDeskId?: number
  /** Part of the summary. */
  readonly query?: string
  readonly status?: 'OPEN_REQUESTS' | 'CLOSED_REQUESTS' | 'ALL_REQUESTS'
  /** Default: those that the person has raised, takes part in, or shares through an organization. */
  readonly ownership?: readonly (
    | 'OWNED_REQUESTS'
    | 'PARTICIPATED_REQUESTS'
    | 'ORGANIZATION'
    | 'ALL_ORGANIZATIONS'
    | 'APPROVER'
  )[]
}

/** A request to be raised. */
export interface NewRequest {
  readonly serviceDeskId: string
  readonly requestTypeId: string
  /** Values by field id, such as `{ summary: 'No screen' }`. Rich text is plain text unless `richText` is set. */
  readonly fields: Readonly<Record<string, unknown>>
  readonly richText?: boolean
  /** An account id. */
  readonly onBehalfOf?: string
  /** Account ids. */
  readonly participants?: readonly string[]
}

/** Requests of customers. A request is an issue too, of the same key. */
export interface Requests {
  /** `getCustomerRequests` */
  readonly list: (search?: RequestSearch) => List<CustomerRequestDto>
  /** Such as `participant`, `status`, `sla`, `requestType`. `getCustomerRequestByIdOrKey` */
  readonly get: (
    request: string,
    options?: CallOptions & { readonly expand?: readonly string[] },
  ) => Promise<CustomerRequestDto>
  /** `createCustomerRequest` */
  readonly create: (request: NewRequest, options?: CallOptions) => Promise<CustomerRequestDto>
  /** `getRequestComments` */
  readonly comments: (request: string, options?: ListOptions) => List<CommentDto>
  /** Customers see public ones. The text is wiki markup. `createRequestComment` */
  readonly comment: (
    request: string,
    comment: { readonly body: string; readonly public: boolean },
    options?: CallOptions,
  ) => Promise<CommentDto>
  /** Uploads files and attaches them with a comment. `attachTemporaryFile`, `createCommentWithAttachment` */
  readonly attach: (
    request: string,
    attachment: {
      readonly serviceDeskId: string
      readonly files: readonly UploadFile[]
      readonly public: boolean
      readonly comment?: string
    },
    options?: CallOptions,
  ) => Promise<AttachmentCreateResultDto>
  /** What the customer can do with it now. `getCustomerTransitions` */
  readonly transitions: (request: string, options?: ListOptions) => List<CustomerTransitionDto>
  /** `performCustomerTransition` */
  readonly transition: (request: string, transitionId: string, options?: CallOptions) => Promise<void>
  /** `getApprovals` */
  readonly approvals: (request: string, options?: ListOptions) => List<ApprovalDto>
  /** `answerApproval` */
  readonly decide: (
    request: string,
    answer: { readonly approvalId: number; readonly decision: 'approve' | 'decline' },
    options?: CallOptions,
  ) => Promise<ApprovalDto>
  /** Times that were promised, and how they stand. `getSlaInformation` */
  readonly sla: (request: string, options?: ListOptions) => List<SlaInformationDto>
  /** `getRequestParticipants` */
  readonly participants: (request: string, options?: ListOptions) => List<UserDto>
  /** `addRequestParticipants` */
  readonly addParticipants: (
    request: string,
    accountIds: readonly string[],
    options?: CallOptions,
  ) => Promise<void>
}

const path = (request: string): { readonly issueIdOrKey: string } => ({ issueIdOrKey: request })

/** Binds requests to a connection. */
export const requests = (rest: Rest): Requests => {
  return {
    list({ serviceDeskId, query, status, ownership, ...options } = {}) {
      const asked = {
        ...(serviceDeskId !== undefined && { serviceDeskId }),
        ...(query !== undefined && { searchTerm: query }),
        ...(status && { requestStatus: status }),
        ...(ownership && { requestOwnership: ownership }),
      }
      return listOf(
        rest,
        { operation: getCustomerRequests, input: { query: asked }, map: asIs, largest: 100 },
        options,
      )
    },
    get: (request, { expand, ...options } = {}) =>
      rest.call(
        getCustomerRequestByIdOrKey,
        { path: path(request), query: { ...(expand && { expand }) } },
        options,
      ),
    create({ serviceDeskId, requestTypeId, fields, richText, onBehalfOf, participants }, options) {
      const body = {
        serviceDeskId,
        requestTypeId,
        requestFieldValues: fields,
        ...(richText !== undefined && { isAdfRequest: richText }),
        ...(onBehalfOf !== undefined && { raiseOnBehalfOf: onBehalfOf }),
        ...(participants && { requestParticipants: participants }),
      }
      return rest.call(createCustomerRequest, { body }, options)
    },
    comments: (request, options) =>
      listOf(
        rest,
        { operation: getRequestComments, input: { path: path(request) }, map: asIs, largest: 100 },
        options,
      ),
    comment: (request, body, options) =>
      rest.call(createRequestComment, { path: path(request), body }, options),
    async attach(request, { serviceDeskId, files, public: isPublic, comment }, options) {
      const { temporaryAttachments } = await rest.call(
        attachTemporaryFile,
        { path: { serviceDeskId }, body: files },
        options,
      )
      const body = {
        temporaryAttachmentIds: temporaryAttachments.map(
          ({ temporaryAttachmentId }) => temporaryAttachmentId,
        ),
        public: isPublic,
        ...(comment !== undefined && { additionalComment: { body: comment } }),
      }
      return rest.call(createCommentWithAttachment, { path: path(request), body }, options)
    },
    transitions: (request, options) =>
      listOf(
        rest,
        { operation: getCustomerTransitions, input: { path: path(request) }, map: asIs, largest: 100 },
        options,
      ),
    async transition(request, id, options) {
      await rest.call(performCustomerTransition, { path: path(request), body: { id } }, options)
    },
    approvals: (request, options) =>
      listOf(
        rest,
        { operation: getApprovals, input: { path: path(request) }, map: asIs, largest: 100 },
        options,
      ),
    decide: (request, { approvalId, decision }, options) =>
      rest.call(answerApproval, { path: { ...path(request), approvalId }, body: { decision } }, options),
    sla: (request, options) =>
      listOf(
        rest,
        { operation: getSlaInformation, input: { path: path(request) }, map: asIs, largest: 100 },
        options,
      ),
    participants: (request, options) =>
      listOf(
        rest,
        { operation: getRequestParticipants, input: { path: path(request) }, map: asIs, largest: 100 },
        options,
      ),
    async addParticipants(request, accountIds, options) {
      await rest.call(addRequestParticipants, { path: path(request), body: { accountIds } }, options)
    },
  }
}
