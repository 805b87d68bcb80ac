package io.replog.node.table;

import io.replog.table.Transaction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A valid transaction, and what stands beside it, unread.
///
/// @param writeConcern null when not given
/// @param timeoutMillis null when not given
public record TransactionRequest(
    Transaction transaction, @Nullable JsonNode writeConcern, @Nullable JsonNode timeoutMillis) {}
