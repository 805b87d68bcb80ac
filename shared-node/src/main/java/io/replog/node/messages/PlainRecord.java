package io.replog.node.messages;

import com.fasterxml.jackson.annotation.JsonProperty;

/// One message of the plain list, in the form in which [RecordWriter#plain] writes it.
///
/// JSON: `{"text":"msg1"}`
///
/// @param text the message
record PlainRecord(@JsonProperty("text") String text) {}
