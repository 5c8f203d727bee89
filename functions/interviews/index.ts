import { measureBus, measureHttp, measureSurroundings } from '@dandang/lambda/measure-function.ts';
import { interview } from '@dandang/measures/interview/interview.ts';

const around = measureSurroundings(interview);

// Marked as pure, so that the bundle of one function can leave the other one out (infra/bundle.ts).
export const http = /* @__PURE__ */ measureHttp(interview, around);
export const bus = /* @__PURE__ */ measureBus(interview, around);
