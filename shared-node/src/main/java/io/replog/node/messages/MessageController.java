package io.replog.node.messages;

import io.replog.model.Entry;
import io.replog.model.WriteConcern;
import io.replog.node.api.Allowed;
import io.replog.node.api.AnswerHeader;
import io.replog.node.api.Gives;
import io.replog.node.api.Refuses;
import io.replog.node.api.Takes;
import io.replog.node.http.MasterAddress;
import io.replog.node.http.Parameters;
import io.replog.node.log.NodeLog;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/// `GET /messages/{index}`: one full record and how many nodes are known to hold it.
///
/// `wait_acks=3&wait_ms=5000` waits until that many hold it. Only a master knows; another node
/// sends the caller there.
@RestController
final class MessageController {

  private static final long MAX_WAIT_MILLIS = 60_000;

  private final NodeLog log;
  private final ReadPoint point;
  private final MasterAddress master;
  private final ObjectWriter json;
  private final @Nullable KnownHolders holders;

  MessageController(
      NodeLog log,
      ReadPoint point,
      MasterAddress master,
      JsonMapper json,
      ObjectProvider<KnownHolders> holders) {
    this.log = log;
    this.point = point;
    this.master = master;
    this.json = Records.writer(json);
    this.holders = holders.getIfAvailable();
  }

  /// One full record, and how many nodes are known to hold it.
  ///
  /// `wait_acks` waits for a stronger concern than the message was added with. Only a master knows
  /// who holds what: a follower sends whoever asks for that there.
  @GetMapping("/messages/{index}")
  @Takes(
      name = "index",
      in = Takes.Place.PATH,
      allowed = @Allowed(least = 1),
      example = "1",
      says = "Index of the message.")
  @Takes(
      name = "wait_acks",
      allowed =
          @Allowed(
              least = 1,
              words = {"majority", "all"}),
      says = "How many nodes, master included, shall hold it: at most as many as there are.")
  @Takes(
      name = "wait_ms",
      allowed = @Allowed(least = 0, most = 60_000),
      otherwise = "0",
      says = "How long the answer waits for wait_acks, milliseconds.")
  @Takes(
      name = "read_concern",
      allowed = @Allowed(words = {"local", "majority"}),
      otherwise = "local",
      says = "As in GET /messages.")
  @Gives(
      says = "The record; acks says how many nodes hold it, also where that is less than asked.",
      data = HeldRecord.class,
      headers = {
        AnswerHeader.LOG_INDEX,
        AnswerHeader.LOG_FIRST_INDEX,
        AnswerHeader.LOG_EPOCH,
        AnswerHeader.COMMIT_INDEX,
        AnswerHeader.LOG_ID,
        AnswerHeader.LOG_VERSION,
        AnswerHeader.LOG_BEHIND,
        AnswerHeader.LOG_STALE_MS,
        AnswerHeader.NODE,
        AnswerHeader.REPLICATION_ACKS
      },
      example =
          "{\"status_code\":200,\"message\":\"Message fetched successfully\",\"data\":{\"index\":7,"
              + "\"epoch\":3,\"timestamp\":\"2026-11-20T19:01:00.123Z\",\"key\":null,"
              + "\"text\":\"m7\",\"acks\":2}}")
  @Gives(
      status = 307,
      says = "A follower was asked for wait_acks: the master knows.",
      type = "",
      headers = AnswerHeader.LOCATION)
  @Refuses({ProblemType.NOT_FOUND, ProblemType.GONE, ProblemType.UNAVAILABLE})
  void message(
      @PathVariable("index") String text, HttpServletRequest request, HttpServletResponse response)
      throws IOException, InterruptedException {
    long index = Parameters.parse("index", text, 1, Long.MAX_VALUE);
    Parameters parameters = new Parameters(request);
    String waitAcks = parameters.text("wait_acks");
    Duration wait = Duration.ofMillis(parameters.number("wait_ms", 0, 0, MAX_WAIT_MILLIS));
    ReadConcern concern = ReadQuery.concern(parameters.text("read_concern"));
    point.requireKept(index);
    long shown = point.readable(concern, index, index);
    if (waitAcks != null && holders == null) {
      redirectToMaster(request, response);
      return;
    }
    if (index > shown) {
      throw Refusal.of(
          ProblemType.NOT_FOUND,
          "there is no message %d here, the last one is %d".formatted(index, shown),
          Map.of("log_index", shown));
    }
    int acks = acks(index, waitAcks, wait);
    Entry entry = stillThere(index);
    point.describe(response, shown);
    write(request, response, entry, acks);
  }

  /// @throws Refusal 503 if the log was opened anew since it showed this entry, and ends earlier
  private Entry stillThere(long index) {
    try {
      return log.entryAt(index);
    } catch (IndexOutOfBoundsException endsEarlier) {
      throw Refusal.damaged();
    }
  }

  private int acks(long index, @Nullable String waitAcks, Duration wait)
      throws InterruptedException {
    KnownHolders known = holders;
    if (known == null) {
      return 1;
    }
    return waitAcks == null
        ? known.holdersOf(index)
        : known.awaitHolders(index, required(waitAcks, known.clusterSize()), wait);
  }

  private static int required(String value, int clusterSize) {
    return switch (value) {
      case "majority" -> WriteConcern.majorityOf(clusterSize);
      case "all" -> clusterSize;
      default -> (int) Parameters.parse("wait_acks", value, 1, clusterSize);
    };
  }

  private void redirectToMaster(HttpServletRequest request, HttpServletResponse response) {
    response.setStatus(307);
    response.setHeader("Location", master.sameCall(request));
  }

  private void write(
      HttpServletRequest request, HttpServletResponse response, Entry entry, int acks)
      throws IOException {
    response.setContentType("application/json");
    response.setHeader("Replication-Acks", Integer.toString(acks));
    if (request.getMethod().equals("HEAD")) {
      return;
    }
    try (JsonGenerator out = json.createGenerator(response.getOutputStream())) {
      out.writeStartObject();
      out.writeNumberProperty("status_code", 200);
      out.writeStringProperty("message", "Message fetched successfully");
      out.writeObjectPropertyStart("data");
      Records.fullFields(out, entry);
      out.writeNumberProperty("acks", acks);
      out.writeEndObject();
      out.writeEndObject();
    }
  }
}
