import { httpSurroundings } from '@dandang/lambda/aws.ts';
import { bucketAttachments } from '@dandang/lambda/aws-attachments.ts';
import { busFunction } from '@dandang/lambda/bus.ts';
import { httpFunction } from '@dandang/lambda/http.ts';
import { attachmentReactions } from './react.ts';
import { attachmentRoutes } from './routes.ts';

const surroundings = httpSurroundings('attachments');
const { env, log, verifyToken } = surroundings;

// Marked as pure, so that the bundle of one function can leave the other one out (infra/bundle.ts).
export const http = /* @__PURE__ */ httpFunction(
  /* @__PURE__ */ attachmentRoutes(
    surroundings,
    /* @__PURE__ */ bucketAttachments(/* @__PURE__ */ env.need('ATTACHMENTS_BUCKET')),
  ),
  verifyToken,
  log,
);
export const bus = /* @__PURE__ */ busFunction(/* @__PURE__ */ attachmentReactions(surroundings), log);
