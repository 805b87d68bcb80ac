package io.replog.node.table;

import io.replog.model.Utf8;
import io.replog.node.http.Parameters;
import io.replog.node.json.StrictJson;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import io.replog.node.settings.NodeSettings;
import io.replog.table.BadNotationException;
import io.replog.table.Key;
import io.replog.table.Operation;
import io.replog.table.Transaction;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a transaction as text or as JSON, whole, before anything happens; or says where it is
/// wrong and what would be right.
@Component
public final class TransactionReader {

  private static final String EXAMPLE =
      "{\"operations\":[{\"read\":\"12\"},{\"write\":{\"key\":\"49\",\"value\":\"53\"}}]}";

  private final JsonMapper json;
  private final int maxMessageBytes;

  TransactionReader(NodeSettings settings) {
    this.maxMessageBytes = settings.maxMessageBytes();
    this.json = StrictJson.mapper(Math.max(Transaction.MAX_VALUE_CHARACTERS, maxMessageBytes));
  }

  /// @throws Refusal 400 if it is no transaction, 413 if its notation is above `MAX_MESSAGE_SIZE`,
  ///   403 if a page sends it as text
  /// @throws tools.jackson.core.JacksonException if it is no JSON where it should be
  public TransactionRequest read(HttpServletRequest request) throws IOException {
    TransactionRequest read =
        MediaType.TEXT_PLAIN.isCompatibleWith(MediaType.valueOf(request.getContentType()))
            ? fromText(request)
            : fromJson(json.readTree(request.getInputStream()));
    requireSize(read.transaction());
    return read;
  }

  private void requireSize(Transaction transaction) {
    int bytes = Utf8.length(transaction.notation());
    if (bytes > maxMessageBytes) {
      throw Refusal.of(
          ProblemType.TOO_LARGE,
          "the transaction has %d bytes in its notation, at most %d are allowed (MAX_MESSAGE_SIZE)"
              .formatted(bytes, maxMessageBytes));
    }
  }

  private static TransactionRequest fromText(HttpServletRequest request) throws IOException {
    if (request.getHeader(HttpHeaders.ORIGIN) != null) {
      throw Refusal.of(
          ProblemType.FORBIDDEN,
          "a page sends transactions as application/json: as text any page could, unasked");
    }
    Transaction transaction = parse(text(request.getInputStream().readAllBytes()));
    Parameters query = new Parameters(request);
    return new TransactionRequest(
        transaction, query.json("write_concern"), query.json("timeout_ms"));
  }

  private static String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException malformed) {
      throw Refusal.badRequest("the body is not UTF-8");
    }
  }

  private static Transaction parse(String notation) {
    try {
      return Transaction.parse(notation);
    } catch (BadNotationException bad) {
      throw Refusal.of(
          ProblemType.BAD_REQUEST,
          String.valueOf(bad.getMessage()),
          Map.of("reason", "BAD_TRANSACTION", "character", bad.place()));
    }
  }

  private static TransactionRequest fromJson(@Nullable JsonNode body) {
    if (body == null || !body.isObject()) {
      throw Refusal.badRequest("the body must be a JSON object such as " + EXAMPLE);
    }
    try {
      return new TransactionRequest(
          new Transaction(layer(body.get("layer")), operations(body.get("operations"))),
          body.get("write_concern"),
          body.get("timeout_ms"));
    } catch (IllegalArgumentException bad) {
      throw bad(String.valueOf(bad.getMessage()));
    }
  }

  private static @Nullable Integer layer(@Nullable JsonNode layer) {
    if (layer == null || layer.isNull()) {
      return null;
    }
    if (!layer.isIntegralNumber() || !layer.canConvertToInt()) {
      throw bad("layer must be 0, 1, 2, or null for a transaction of the core");
    }
    return layer.intValue();
  }

  private static List<Operation> operations(@Nullable JsonNode operations) {
    if (operations == null || !operations.isArray()) {
      throw bad("operations must be a list, such as in " + EXAMPLE);
    }
    if (operations.size() > Transaction.MAX_OPERATIONS) {
      throw bad(
          "operations has %d elements, at most %d are allowed"
              .formatted(operations.size(), Transaction.MAX_OPERATIONS));
    }
    List<Operation> read = new ArrayList<>();
    for (JsonNode operation : operations) {
      read.add(operation("operations[%d]".formatted(read.size()), operation));
    }
    return read;
  }

  private static Operation operation(String place, JsonNode operation) {
    JsonNode read = present(operation.get("read"));
    JsonNode write = present(operation.get("write"));
    if ((read == null) == (write == null)) {
      throw bad(place + " must have either read or write");
    }
    if (read != null) {
      return new Operation.Read(key(place + ".read", read));
    }
    String key = key(place + ".write.key", write.get("key"));
    JsonNode value = write.get("value");
    if (value == null || !value.isString()) {
      throw bad(place + ".write.value must be a string");
    }
    try {
      return new Operation.Write(key, value.stringValue());
    } catch (IllegalArgumentException notAllowed) {
      throw bad(place + ".write.value: " + notAllowed.getMessage());
    }
  }

  private static @Nullable JsonNode present(@Nullable JsonNode node) {
    return node == null || node.isNull() ? null : node;
  }

  private static String key(String place, @Nullable JsonNode key) {
    if (key == null || !key.isString() || !Key.isOne(key.stringValue())) {
      throw bad("%s must be a string of %s".formatted(place, Key.ALLOWED));
    }
    return key.stringValue();
  }

  private static Refusal bad(String message) {
    return Refusal.of(ProblemType.BAD_REQUEST, message, Map.of("reason", "BAD_TRANSACTION"));
  }
}
