package io.replog.node.table;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.replog.node.api.Allowed;
import io.replog.table.Key;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the body of a transaction may hold when it is JSON, as [TransactionReader] reads it.
/// Unknown fields are ignored.
///
/// JSON: `{"operations":[{"read":"12"},{"write":{"key":"49","value":"53"}}]}`
///
/// @param layer the layer that it reads on, at the node that is asked; left out for a transaction
///   of the core, which may write
/// @param operations 1 to 1,000, carried out in this order
/// @param writeConcern as in an add; of no meaning where the transaction has a layer
/// @param timeoutMillis as in an add; of no meaning where the transaction has a layer
public record TransactionForm(
    @JsonProperty("layer") @Allowed(least = 0, most = 2) @Nullable Integer layer,
    @JsonProperty("operations") List<OperationForm> operations,
    @JsonProperty("write_concern")
        @Allowed(
            least = 1,
            words = {"majority", "all"})
        @Nullable Object writeConcern,
    @JsonProperty("timeout_ms") @Allowed(least = 1, most = 86_400_000)
        @Nullable Long timeoutMillis) {

  public TransactionForm {
    operations = List.copyOf(operations);
  }

  /// One of both.
  ///
  /// @param read the key whose value is wanted
  /// @param write a key and its new value
  public record OperationForm(
      @JsonProperty("read") @Allowed(pattern = Key.PATTERN) @Nullable String read,
      @JsonProperty("write") @Nullable WriteForm write) {}

  /// A key and its new value.
  ///
  /// @param key the key
  /// @param value any text of at most 65,536 characters
  public record WriteForm(
      @JsonProperty("key") @Allowed(pattern = Key.PATTERN) String key,
      @JsonProperty("value") String value) {}
}
