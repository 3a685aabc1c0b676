import type { Reply } from './reply.ts'

/** Bodies of refusals: one function for each family of shapes that Atlassian's services use. */

const jiraCache = 'no-cache, no-store, no-transform'

/** Jira's error collection; both members are always there (recorded, F-ERR-01). */
export function jiraError(
  status: number,
  messages: readonly string[],
  errors: Readonly<Record<string, string>> = {},
): Reply {
  return { status, body: { errorMessages: messages, errors } }
}

/** A body that could not be read or bound: no `errors`, another cache-control (recorded, F-ERR-02). */
export function jiraBindingError(message: string): Reply {
  return {
    status: 400,
    body: { errorMessages: [message] },
    headers: { 'cache-control': 'no-store, no-cache' },
  }
}

const titles: Record<number, string> = {
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  501: 'Not Implemented',
}

/** A problem document (RFC 9457), which Jira's framework gives for paths, methods and parameters (recorded, F-ERR-03). */
export function problem(
  status: number,
  { detail, instance }: { readonly detail: string; readonly instance: string },
  headers: Reply['headers'] = {},
): Reply {
  return {
    status,
    body: { type: 'about:blank', title: titles[status] ?? 'Error', status, detail, instance },
    headers: {
      'content-type': 'application/problem+json;charset=UTF-8',
      'cache-control': jiraCache,
      ...headers,
    },
  }
}

/** The gateway's refusal of a token or a scope (reported, F-ERR-05). */
export function gatewayError(status: number, message: string): Reply {
  return { status, body: { code: status, message } }
}

/** The token endpoint's refusal (recorded, F-ERR-06). */
export function tokenError(status: number, error: string, description: string): Reply {
  return { status, body: { error, error_description: description } }
}

/** A refusal of Confluence v1: the class name and the sentence in one message (recorded, F-ERR-07). */
export function confluenceV1Error(
  status: number,
  sentence: string,
  {
    authorized = true,
    valid = true,
    kind = 'BadRequestException',
    errors = [],
  }: {
    readonly authorized?: boolean
    readonly valid?: boolean
    readonly kind?: string
    readonly errors?: readonly unknown[]
  } = {},
): Reply {
  return {
    status,
    body: {
      statusCode: status,
      data: { authorized, valid, errors, successful: false },
      message: `com.atlassian.confluence.api.service.exceptions.${kind}: ${sentence}`,
    },
  }
}

const codes: Record<number, string> = {
  400: 'INVALID_REQUEST_PARAMETER',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
}

/** A refusal of Confluence v2 (reported, F-ERR-09). */
export function confluenceV2Error(status: number, title: string, detail: string | null = null): Reply {
  return { status, body: { errors: [{ status, code: codes[status] ?? 'ERROR', title, detail }] } }
}
