/// Writes the OpenAPI document of a node while that node is built: paths from the mappings of its
/// handlers, words from their doc comments, forms from the records that Jackson writes. It is no
/// part of a running node. Read [io.replog.openapi.OpenApi] first.
@NullMarked
package io.replog.openapi;

import org.jspecify.annotations.NullMarked;
