import { measureBus, measureHttp, measureSurroundings } from '@dandang/lambda/measure-function.ts';
import { riskFiling } from '@dandang/measures/risk-filing/risk-filing.ts';

const around = measureSurroundings(riskFiling);

// Marked as pure, so that the bundle of one function can leave the other one out (infra/bundle.ts).
export const http = /* @__PURE__ */ measureHttp(riskFiling, around);
export const bus = /* @__PURE__ */ measureBus(riskFiling, around);
