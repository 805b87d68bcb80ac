package io.replog.node.messages;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// One message and who holds it, in the form in which [MessageController] writes it.
///
/// @param acks how many nodes are known to hold it durably; on a follower always 1, itself
record HeldRecord(@JsonUnwrapped FullRecord message, @JsonProperty("acks") int acks) {}
