package io.replog.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.utils.AppInfoParser;

/// What takes part.
enum Contender {
  REPLOG("this log", "forced on a majority, HTTP with JSON", ReplogRunning::start),
  REPLOG_RABBITMQ(
      "this log through RabbitMQ", "forced on a majority, HTTP with JSON", BrokeredRunning::start),
  ETCD("etcd", "forced on a majority, HTTP with JSON", Etcd::start),
  REDIS("Redis", "forced by the master, held by a replica, own protocol", Redis::start),
  NATS("NATS JetStream", "not forced, held by a majority, own protocol", Nats::start),
  KAFKA("Kafka", "not forced, held by all in sync, own protocol", Kafka::start),
  SERVLET("a servlet that does nothing", "nothing is kept, HTTP with JSON", Ceiling::servlet),
  CONTROLLER(
      "a controller that does nothing", "nothing is kept, HTTP with JSON", Ceiling::controller);

  /// Starts a system in an empty directory.
  private interface Start {
    Running in(Path directory) throws IOException;
  }

  private final String words;
  private final String kept;
  private final Start start;

  Contender(String words, String kept, Start start) {
    this.words = words;
    this.kept = kept;
    this.start = start;
  }

  /// Its name, for people.
  String words() {
    return words;
  }

  /// What its acknowledgement means, and what is spoken.
  String kept() {
    return kept;
  }

  Running start(Path directory) throws IOException {
    return start.in(directory);
  }

  /// Installs it if it is missing.
  ///
  /// @return its version
  String install() throws IOException {
    return switch (this) {
      case REPLOG, SERVLET, CONTROLLER -> commit();
      case REPLOG_RABBITMQ -> {
        Installation.require("rabbitmq-server", "rabbitmq-server");
        yield commit();
      }
      case ETCD -> installed("etcd", "etcd-server", "--version");
      case REDIS -> installed("redis-server", "redis-server", "--version");
      case NATS -> installed("nats-server", "nats-server", "--version");
      case KAFKA -> fetchedKafka();
    };
  }

  /// The broker and its client are of one version.
  private static String fetchedKafka() throws IOException {
    return Files.isDirectory(Installation.kafka()) ? AppInfoParser.getVersion() : "missing";
  }

  private static String commit() throws IOException {
    return "commit " + Installation.run(List.of("git", "describe", "--always", "--dirty")).strip();
  }

  private static String installed(String program, String debianPackage, String question)
      throws IOException {
    Installation.require(program, debianPackage);
    return Installation.run(List.of(program, question)).lines().findFirst().orElse("").strip();
  }
}
