/// How JSON is read and written here: strictly, and with errors that name the field. It knows no
/// request. Read [io.replog.node.json.StrictJson] first.
@NullMarked
package io.replog.node.json;

import org.jspecify.annotations.NullMarked;
