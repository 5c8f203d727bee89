import { announcement, usualEnding } from '@dandang/casework/attachment-announcement.ts';
import { attachmentEvents, type AttachmentEvent, foldAttachment } from '@dandang/casework/attachment.ts';
import { actorOf } from '@dandang/casework/commit.ts';
import { derivedId } from '@dandang/casework/id.ts';
import { parseInput } from '@dandang/casework/input.ts';
import { isRefusal, type Refusal, refuse } from '@dandang/casework/refusal.ts';
import { requestOf } from '@dandang/accept/accept.ts';
import type { AttachmentObjects } from '@dandang/accept/attachment-objects.ts';
import { badKey, commandRequest } from '@dandang/api/command-request.ts';
import { decideOnFile } from '@dandang/accept/decide-on-file.ts';
import type { ApiAnswer, ApiRequest, Route } from '@dandang/api/route.ts';
import type { HttpSurroundings } from '@dandang/api/surroundings.ts';
import { readFile } from '@dandang/store/file.ts';
import { attachmentKey } from '@dandang/store/keys.ts';
import contentDisposition from 'content-disposition';
import * as z from 'zod/mini';
import { maySee, type SightSurroundings } from './sight.ts';

type AttachmentSurroundings = SightSurroundings & Pick<HttpSurroundings, 'freshId'>;

const announced = z.object({
  id: z.string(),
  upload: z.object({ method: z.literal('PUT'), url: z.string(), headers: z.record(z.string(), z.string()) }),
});

/** Puts on file what will come, and says where to bring it. A repeat with its key gives the same id and a new address. */
async function announce(
  deps: AttachmentSurroundings,
  objects: AttachmentObjects,
  request: ApiRequest,
): Promise<ApiAnswer | Refusal> {
  const bad = badKey(request);
  if (bad !== undefined) return bad;
  const { caller, body } = request;
  const input = parseInput(announcement, body);
  if (!input.ok) return input.refusal;
  const asked = requestOf(commandRequest(request), deps.freshId);
  const keyed = request.header('idempotency-key') !== undefined;
  const id = keyed ? derivedId('attachment', asked.id) : deps.freshId();
  const event: AttachmentEvent = { type: 'AttachmentAnnounced', data: { ...input.value, by: caller.id } };
  const decided = await decideOnFile(deps.commits, attachmentKey(id), ({ commits: [first] }) =>
    Promise.resolve(
      first === undefined
        ? { at: deps.now(), by: actorOf(caller), command: 'announce', request: asked, events: [event] }
        : first.request.body === asked.body
          ? undefined
          : refuse('key-reused'),
    ),
  );
  if (isRefusal(decided)) return decided;
  return { status: 201, body: { id, upload: await objects.upload({ id, ...input.value }) } };
}

/** The bytes, under the name that their uploader gave them: to be kept as a file, never shown as a page. */
async function fetched(
  deps: AttachmentSurroundings,
  objects: AttachmentObjects,
  { caller, params }: Pick<ApiRequest, 'caller' | 'params'>,
): Promise<ApiAnswer | Refusal> {
  const id = params['id'] ?? '';
  const { commits } = await readFile(deps.commits, attachmentKey(id));
  const attachment = foldAttachment(id, commits);
  if (attachment === undefined || !(await maySee(deps, caller, attachment))) return refuse('not-found');
  // What a newer release said of it may be that nobody gets it.
  if (attachmentEvents.isNewer(commits)) return refuse('newer-release');
  const found = await objects.fetch(attachment);
  if (found === undefined) {
    // What a matter uses had arrived once.
    if (attachment.uses.length > 0) deps.log.warn('attachment-lost', { id });
    return refuse('not-found');
  }
  if ('url' in found) return { status: 302, headers: { location: found.url }, body: {} };
  const { filename, contentType } = attachment;
  return {
    status: 200,
    headers: {
      'content-disposition': contentDisposition(filename, { fallback: `${id}.${usualEnding(contentType)}` }),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    },
    bytes: { contentType, content: found.bytes },
  };
}

/** Evidence and annexes 附件: announced here, uploaded straight to where they lie, named by commands, fetched here. */
export function attachmentRoutes(deps: AttachmentSurroundings, objects: AttachmentObjects): Route[] {
  return [
    {
      method: 'POST',
      path: '/api/attachments',
      sheet: {
        summary: '申报附件（登录用户；20 MB 以内的办公文档、PDF、图片），随后按 upload 上传',
        input: announcement,
        answer: announced,
        status: 201,
      },
      handle: (request) => announce(deps, objects, request),
    },
    {
      method: 'GET',
      path: '/api/attachments/{id}',
      sheet: { summary: '下载附件（可查看引用它的事项记录者；未被引用前仅上传人）；较大的附件以 302 转到限时地址' },
      handle: (request) => fetched(deps, objects, request),
    },
  ];
}
