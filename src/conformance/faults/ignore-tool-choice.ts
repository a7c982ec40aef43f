import { rewriteRequest } from './rewrite-request.ts'

/** An endpoint whose model always decides by itself whether to call a tool. */
export const ignoreToolChoice = rewriteRequest(({ tool_choice: _, ...request }) => request)
