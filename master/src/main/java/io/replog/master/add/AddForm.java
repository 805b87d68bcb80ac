package io.replog.master.add;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.replog.node.api.Allowed;
import org.jspecify.annotations.Nullable;

/// What the body of a single add may hold, as [AddRequestReader#read] reads it. Unknown fields are
/// ignored.
///
/// JSON: `{"data":"msg1","write_concern":1}`
///
/// @param data the message: any Unicode text, also an empty one, within `MAX_MESSAGE_SIZE`
/// @param writeConcern how many nodes, the master included, hold the message durably before the
///   call returns: 1 to the number of nodes; left out, what `WRITE_CONCERN_DEFAULT` says
/// @param timeoutMillis how long the call waits from the append on, milliseconds; left out, what
///   `WRITE_TIMEOUT` says
record AddForm(
    @JsonProperty("data") String data,
    @JsonProperty("write_concern")
        @Allowed(
            least = 1,
            words = {"majority", "all"})
        @Nullable Object writeConcern,
    @JsonProperty("timeout_ms") @Allowed(least = 1, most = AddRequestReader.MAX_TIMEOUT_MILLIS)
        @Nullable Long timeoutMillis) {}
