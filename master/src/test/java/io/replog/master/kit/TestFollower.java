package io.replog.master.kit;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/// A follower over WireMock: what it says on the wire is WireMock's, what it holds is a
/// [ModelFollower]. Healthy at first; every fault lasts until [#heal].
public final class TestFollower implements AutoCloseable {

  private static final int FAULT_PRIORITY = 1;
  private static final int ORDINARY_PRIORITY = 5;

  private final String name;
  private final ModelFollower model;
  private final WireMockServer server;
  private final List<StubMapping> faults = new CopyOnWriteArrayList<>();

  public TestFollower(String name) {
    this.name = name;
    this.model = new ModelFollower(name);
    this.server =
        new WireMockServer(
            WireMockConfiguration.options()
                .dynamicPort()
                .bindAddress("127.0.0.1")
                .containerThreads(96)
                .extensions(model));
    server.start();
    ResponseDefinitionBuilder byModel = aResponse().withTransformers(ModelFollower.NAME);
    server.stubFor(any(anyUrl()).atPriority(ORDINARY_PRIORITY).willReturn(byModel));
  }

  public String name() {
    return name;
  }

  /// As in the setting `FOLLOWERS`.
  public String setting() {
    return name + "=http://127.0.0.1:" + server.port();
  }

  public ModelFollower model() {
    return model;
  }

  /// Answers batches with this from now on; heartbeats go on.
  public void answerBatches(ResponseDefinitionBuilder with) {
    faults.add(
        server.stubFor(post(urlEqualTo("/replicate")).atPriority(FAULT_PRIORITY).willReturn(with)));
  }

  /// Answers everything with this from now on.
  public void answerEverything(ResponseDefinitionBuilder with) {
    faults.add(server.stubFor(any(anyUrl()).atPriority(FAULT_PRIORITY).willReturn(with)));
  }

  /// Answers a batch with this from now on if it carries the text; probes go on.
  public void answerBatchesOf(String text, ResponseDefinitionBuilder with) {
    faults.add(
        server.stubFor(
            post(urlEqualTo("/replicate"))
                .withRequestBody(containing("\"" + text + "\""))
                .atPriority(FAULT_PRIORITY)
                .willReturn(with)));
  }

  /// Answers pulls with this from now on.
  public void answerPulls(ResponseDefinitionBuilder with) {
    faults.add(
        server.stubFor(
            get(urlPathEqualTo("/cluster/entries")).atPriority(FAULT_PRIORITY).willReturn(with)));
  }

  /// Answers reads of messages with this from now on.
  public void answerReads(ResponseDefinitionBuilder with) {
    faults.add(
        server.stubFor(
            get(urlPathEqualTo("/messages")).atPriority(FAULT_PRIORITY).willReturn(with)));
  }

  /// Keeps reads of messages waiting from now on.
  public void holdReads() {
    model.holdReads();
  }

  /// Reads of messages that have arrived and wait.
  public int heldReads() {
    return model.heldReads();
  }

  /// Reads of messages so far that said `header: value`.
  public int readsWith(String header, String value) {
    return server
        .findAll(getRequestedFor(urlPathEqualTo("/messages")).withHeader(header, equalTo(value)))
        .size();
  }

  /// Answers like a follower again.
  public void heal() {
    faults.forEach(server::removeStub);
    faults.clear();
    model.letReadsGo();
  }

  /// Batches that arrived so far.
  public int batches() {
    return server.findAll(postRequestedFor(urlEqualTo("/replicate"))).size();
  }

  /// What came as `traceparent` with batches.
  public List<String> traceContexts() {
    return server.findAll(postRequestedFor(urlEqualTo("/replicate"))).stream()
        .map(request -> request.getHeader("traceparent"))
        .filter(Objects::nonNull)
        .toList();
  }

  @Override
  public void close() {
    model.letReadsGo();
    server.stop();
  }
}
