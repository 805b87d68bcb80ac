package io.replog.connectors.headoffice;

import io.replog.connectors.database.Database;
import io.replog.connectors.database.DatabaseSettings;
import io.replog.connectors.log.LogClient;
import io.replog.connectors.work.Backoff;
import io.replog.connectors.work.Worker;
import io.replog.node.settings.Variables;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/// Makes the head office, where `HEAD_OFFICE_URL` is set.
@Configuration(proxyBeanMethods = false)
class HeadOfficeConfiguration {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(1);

  /// The head office of this process, if it has one.
  @Bean(initMethod = "begin")
  OwnHeadOffice headOffice(Variables variables, LogClient log, JsonMapper json) {
    Duration interval =
        variables
            .duration("HEAD_OFFICE_INTERVAL", Duration.ofMillis(100), Duration.ofHours(24))
            .orElse(DEFAULT_INTERVAL);
    return new OwnHeadOffice(
        DatabaseSettings.read(variables, "HEAD_OFFICE")
            .map(settings -> made(settings, interval, log, json)));
  }

  private static HeadOffice made(
      DatabaseSettings settings, Duration interval, LogClient log, JsonMapper json) {
    InstantSource clock = InstantSource.system();
    Database database = new Database(HeadOffice.NAME, settings, "headoffice", clock);
    HeadOfficeTables tables = new HeadOfficeTables(database, json);
    TakeSales pass = new TakeSales(log, tables);
    Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, RandomGenerator.getDefault());
    Worker worker = new Worker(HeadOffice.NAME, pass, true, interval, backoff, clock);
    return new HeadOffice(database, tables, pass, worker);
  }
}
