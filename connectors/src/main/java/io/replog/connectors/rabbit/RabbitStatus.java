package io.replog.connectors.rabbit;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/// `data` of `GET /rabbitmq`.
///
/// @param broker address without name and password, null when RabbitMQ is off
/// @param in from the queue into the log, null when that is off
/// @param out from the log to the exchange, null when that is off
@JsonPropertyOrder({"broker", "in", "out"})
record RabbitStatus(
    @JsonProperty("broker") @Nullable String broker,
    @JsonProperty("in") @Nullable In in,
    @JsonProperty("out") @Nullable Out out) {

  static final RabbitStatus OFF = new RabbitStatus(null, null, null);

  /// From the queue into the log. Counts begin with the process.
  ///
  /// JSON: `{"queue":"replog.in","dead_letters":"replog.in.dead","write_concern":"majority",
  /// "connected":true,"state":"TAKING","held":12,"dead_lettered":1,"retries":3,"last_error":null}`
  ///
  /// @param queue where messages come from
  /// @param deadLetters where messages go that can never become entries
  /// @param writeConcern how many nodes hold a message before it is acknowledged
  /// @param connected whether there is a connection to the broker
  /// @param state `TAKING`, or `TROUBLED` while a message or the broker is in the way
  /// @param held messages acknowledged because the log has them
  /// @param deadLettered messages put aside
  /// @param retries attempts that did not go
  /// @param lastError what was in the way the last time, null when nothing ever was
  @JsonPropertyOrder({
    "queue",
    "dead_letters",
    "write_concern",
    "connected",
    "state",
    "held",
    "dead_lettered",
    "retries",
    "last_error"
  })
  record In(
      @JsonProperty("queue") String queue,
      @JsonProperty("dead_letters") String deadLetters,
      @JsonProperty("write_concern") String writeConcern,
      @JsonProperty("connected") boolean connected,
      @JsonProperty("state") String state,
      @JsonProperty("held") long held,
      @JsonProperty("dead_lettered") long deadLettered,
      @JsonProperty("retries") long retries,
      @JsonProperty("last_error") @Nullable String lastError) {}

  /// From the log to the exchange. Counts begin with the process.
  ///
  /// JSON: `{"exchange":"replog.out","connected":true,"blocked":null,"state":"CAUGHT_UP",
  /// "log_id":"0b8e…","position":12,"log_index":12,"lag":0,"published":12,"failures":0,
  /// "last_error":null}`
  ///
  /// @param exchange where messages go
  /// @param connected whether there is a connection to the broker
  /// @param blocked why the broker takes nothing from publishers, null when it does
  /// @param state see [OutState]
  /// @param logId identity of the log that is published, null before it was read
  /// @param position last index that the broker has confirmed
  /// @param logIndex last index that a majority held when the log was read last
  /// @param lag how many messages lie between the two
  /// @param published messages confirmed, repetitions included
  /// @param failures times that the broker did not take the next message
  /// @param lastError what was in the way the last time, null when nothing ever was
  @JsonPropertyOrder({
    "exchange",
    "connected",
    "blocked",
    "state",
    "log_id",
    "position",
    "log_index",
    "lag",
    "published",
    "failures",
    "last_error"
  })
  record Out(
      @JsonProperty("exchange") String exchange,
      @JsonProperty("connected") boolean connected,
      @JsonProperty("blocked") @Nullable String blocked,
      @JsonProperty("state") OutState state,
      @JsonProperty("log_id") @Nullable String logId,
      @JsonProperty("position") long position,
      @JsonProperty("log_index") long logIndex,
      @JsonProperty("lag") long lag,
      @JsonProperty("published") long published,
      @JsonProperty("failures") long failures,
      @JsonProperty("last_error") @Nullable String lastError) {}

  /// Says how one direction stands.
  @FunctionalInterface
  interface InSource {
    In now();
  }

  /// Says how the other direction stands.
  @FunctionalInterface
  interface OutSource {
    Out now();
  }
}
