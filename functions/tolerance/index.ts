import { measureBus, measureHttp, measureSurroundings } from '@dandang/lambda/measure-function.ts';
import { tolerance } from '@dandang/measures/tolerance/tolerance.ts';

const around = measureSurroundings(tolerance);

// Marked as pure, so that the bundle of one function can leave the other one out (infra/bundle.ts).
export const http = /* @__PURE__ */ measureHttp(tolerance, around);
export const bus = /* @__PURE__ */ measureBus(tolerance, around);
