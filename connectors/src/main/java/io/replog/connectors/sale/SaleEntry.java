package io.replog.connectors.sale;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.replog.connectors.log.LogRecord;
import io.replog.connectors.log.NewMessage;
import io.replog.node.problem.Refusal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A sale in the log: one entry for each of its versions, whose idempotency key names all three of
/// branch, id and version, such as `sale/lviv/17/2`. However often it is sent, it is there once.
///
/// JSON: `{"branch":"lviv","sale":{"id":17,"version":2,…}}`
///
/// @param branch name of the branch, at most 63 characters
@JsonPropertyOrder({"branch", "sale"})
public record SaleEntry(@JsonProperty("branch") String branch, @JsonProperty("sale") Sale sale) {

  private static final String PREFIX = "sale/";

  /// The message that carries it.
  public NewMessage toMessage(JsonMapper json) {
    return new NewMessage(json.writeValueAsString(this), key());
  }

  /// What the key of every sale of a branch begins with.
  public static String keys(String branch) {
    return PREFIX + branch + "/";
  }

  private String key() {
    return keys(branch) + sale.id() + "/" + sale.version();
  }

  /// The sale that `read` carries; empty when it is a message of others, which is known by its key.
  ///
  /// @throws UnfitSaleException if it should be one and is none
  public static Optional<SaleEntry> of(LogRecord read, JsonMapper json) {
    String key = read.key();
    if (read.kind() != null || key == null || !key.startsWith(PREFIX)) {
      return Optional.empty();
    }
    SaleEntry entry = parse(read.text(), json);
    if (entry == null || !entry.key().equals(key)) {
      throw new UnfitSaleException("the message is not the sale that its key names");
    }
    return Optional.of(entry);
  }

  private static @Nullable SaleEntry parse(String text, JsonMapper json) {
    try {
      SaleEntry entry = json.readValue(text, SaleEntry.class);
      return isWhole(entry) ? entry : null;
    } catch (JacksonException | Refusal _) {
      return null;
    }
  }

  /// JSON may leave out anything.
  private static boolean isWhole(@Nullable SaleEntry entry) {
    return entry != null && entry.branch() != null && entry.sale() != null;
  }
}
