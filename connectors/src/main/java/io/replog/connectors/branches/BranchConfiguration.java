package io.replog.connectors.branches;

import io.replog.connectors.database.Database;
import io.replog.connectors.log.LogClient;
import io.replog.connectors.work.Backoff;
import io.replog.connectors.work.Worker;
import io.replog.model.WriteConcern;
import io.replog.node.settings.Variables;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/// Makes the branches that the settings name.
@Configuration(proxyBeanMethods = false)
class BranchConfiguration {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  @Bean(initMethod = "begin")
  Branches branches(Variables variables, LogClient log, JsonMapper json) {
    WriteConcern concern = BranchSettings.writeConcern(variables);
    Optional<String> accepted = variables.text("BRANCHES_ACCEPT_LOG");
    List<Branch> branches =
        BranchSettings.readAll(variables).stream()
            .map(settings -> branch(settings, log, accepted, concern, json))
            .toList();
    return new Branches(branches);
  }

  private static Branch branch(
      BranchSettings settings,
      LogClient log,
      Optional<String> accepted,
      WriteConcern concern,
      JsonMapper json) {
    String title = "branch " + settings.name();
    InstantSource clock = InstantSource.system();
    Database database = new Database(title, settings.database(), "branch", clock);
    Outbox outbox = new Outbox(database);
    RightLog rightLog = new RightLog(settings.name(), outbox, log, accepted);
    Line line = new Line();
    Worker worker =
        new Worker(
            title,
            new SendSales(settings.name(), line, rightLog, outbox, log, concern, json),
            settings.automatic(),
            settings.interval(),
            new Backoff(FIRST_PAUSE, LONGEST_PAUSE, RandomGenerator.getDefault()),
            clock);
    return new Branch(settings.name(), database, line, outbox, worker);
  }
}
