'use strict';
const { stripTypeScriptTypes } = require('node:module');
/** Jest's transform: removes types and nothing else, so line and column stay true. */
module.exports = { process: (source) => ({ code: stripTypeScriptTypes(source) }) };
