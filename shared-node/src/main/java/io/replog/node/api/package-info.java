/// What stands at a handler for people and machines that read the API's document: parameters,
/// bodies, answers, refusals. It changes nothing about how a request is handled, and is read while
/// the nodes are built. Read [io.replog.node.api.Gives] first.
@NullMarked
package io.replog.node.api;

import org.jspecify.annotations.NullMarked;
