package io.replog.master.kit;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.replog.model.BatchTimes;
import io.replog.model.Entry;
import io.replog.model.Envelope;
import io.replog.model.FsyncMode;
import io.replog.model.Position;
import io.replog.model.RefusalReason;
import io.replog.model.ReplicateRequest;
import io.replog.model.Standing;
import io.replog.model.WireEntry;
import io.replog.node.faults.InjectedFaults;
import io.replog.node.faults.WantedFaults;
import io.replog.node.json.StrictJson;
import io.replog.node.messages.FullRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What an honest follower with a log in memory would answer. Takes what comes right behind its
/// end, skips what it has, refuses the rest. Knows the one reply of each path that a master needs.
public final class ModelFollower implements ResponseDefinitionTransformerV2 {

  static final String NAME = "model-follower";

  private static final InjectedFaults NO_FAULTS =
      new InjectedFaults(0, 0, 0, 0, 0, false, false, 0);

  private final JsonMapper json = StrictJson.mapper(1 << 26);
  private final String name;
  private final List<Entry> entries = new ArrayList<>();
  private String incarnation;
  private @Nullable String logId;
  private long promisedEpoch;
  private String faults = "{}";
  private @Nullable BatchTimes times;

  /// Complete unless reads of messages are to wait.
  private volatile CompletableFuture<Void> readsMayGo = CompletableFuture.completedFuture(null);

  ModelFollower(String name) {
    this.name = name;
    this.incarnation = "inc-" + name;
  }

  @Override
  public String getName() {
    return NAME;
  }

  @Override
  public boolean applyGlobally() {
    return false;
  }

  /// Takes what was sent, and answers as the model would, with the delay and the bad status, if
  /// any, that the stub asks for.
  @Override
  public ResponseDefinition transform(ServeEvent event) {
    ResponseDefinition asked = event.getResponseDefinition();
    ResponseDefinition answer = answer(event);
    return ResponseDefinitionBuilder.like(answer)
        .but()
        .withStatus(asked.getStatus() == 200 ? answer.getStatus() : asked.getStatus())
        .withFixedDelay(asked.getFixedDelayMilliseconds())
        .build();
  }

  private ResponseDefinition answer(ServeEvent event) {
    String url = event.getRequest().getUrl();
    byte[] body = event.getRequest().getBody();
    if (url.equals("/replicate")) {
      return replicate(json.readValue(body, ReplicateRequest.class));
    }
    if (url.startsWith("/cluster/entries")) {
      int after = Integer.parseInt(event.getRequest().queryParameter("after_index").firstValue());
      return ok(Map.of("entries", behind(after)));
    }
    if (url.startsWith("/messages")) {
      readsMayGo.join();
      int from = Integer.parseInt(event.getRequest().queryParameter("from").firstValue());
      int limit = Integer.parseInt(event.getRequest().queryParameter("limit").firstValue());
      return ok(page(from, limit));
    }
    return url.equals("/faults") ? faults(event.getRequest().getBodyAsString()) : ok(standing());
  }

  void holdReads() {
    readsMayGo = new CompletableFuture<>();
  }

  int heldReads() {
    return readsMayGo.getNumberOfDependents();
  }

  void letReadsGo() {
    readsMayGo.complete(null);
  }

  /// Says of these faults from now on; it suffers from none.
  public synchronized void inject(String wanted) {
    faults = wanted;
  }

  /// The faults that were asked for last, as they were written.
  public synchronized String faults() {
    return faults;
  }

  private synchronized ResponseDefinition faults(String body) {
    faults = body.isEmpty() ? faults : body;
    return ok(json.readValue(faults, WantedFaults.class).over(NO_FAULTS));
  }

  /// Holds these entries from the start, under a log of its own.
  public synchronized void hold(String log, long epoch, String... texts) {
    logId = log;
    promisedEpoch = epoch;
    for (String text : texts) {
      entries.add(Entry.after(end(), epoch, 1_000, null, text));
    }
  }

  /// Loses everything, as with an empty disk.
  public synchronized void wipe(String newIncarnation) {
    incarnation = newIncarnation;
    logId = null;
    promisedEpoch = 0;
    entries.clear();
  }

  public synchronized List<String> texts() {
    return entries.stream().map(Entry::text).toList();
  }

  public synchronized Standing standing() {
    return new Standing(
        name, incarnation, logId, promisedEpoch, end(), 0, FsyncMode.ALWAYS, null, null);
  }

  private synchronized ResponseDefinition replicate(ReplicateRequest request) {
    logId = request.logId();
    promisedEpoch = request.epoch();
    long previous = request.previous().index();
    if (previous > entries.size() || !positionAt(previous).equals(request.previous())) {
      return refused(RefusalReason.GAP);
    }
    WireEntry.placeBehind(request.previous(), request.entries()).stream()
        .filter(entry -> entry.index() > entries.size())
        .forEach(entries::add);
    return ok(standing().with(times));
  }

  /// Says of every batch that it took so long.
  public synchronized void measure(long heldMicros, long forcedMicros) {
    times = new BatchTimes(heldMicros, forcedMicros);
  }

  private synchronized List<WireEntry> behind(int index) {
    return entries.stream().skip(index).map(WireEntry::of).toList();
  }

  private synchronized List<FullRecord> page(int from, int limit) {
    return entries.stream().skip(from - 1).limit(limit).map(FullRecord::of).toList();
  }

  private Position end() {
    return positionAt(entries.size());
  }

  private Position positionAt(long index) {
    return index == 0 ? Position.START : entries.get((int) index - 1).position();
  }

  /// A refusal as a follower sends it.
  public String refusal(RefusalReason reason) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("reason", reason);
    data.put("standing", standing());
    return json.writeValueAsString(Map.of("status", 409, "message", "refused", "data", data));
  }

  private ResponseDefinition refused(RefusalReason reason) {
    return answer(409, refusal(reason));
  }

  private ResponseDefinition ok(Object data) {
    return answer(200, json.writeValueAsString(Envelope.ok("ok", data)));
  }

  private static ResponseDefinition answer(int status, String body) {
    return new ResponseDefinitionBuilder()
        .withStatus(status)
        .withHeader("Content-Type", "application/json")
        .withBody(body)
        .build();
  }
}
