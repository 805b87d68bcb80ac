package io.replog.node.start;

import io.replog.node.problem.Printable;
import io.replog.node.settings.EnvFile;
import io.replog.node.settings.LogFormat;
import io.replog.node.settings.NodeSettings;
import io.replog.node.settings.Role;
import io.replog.node.settings.SettingsReader;
import io.replog.node.shutdown.FailStop;
import io.replog.node.shutdown.StopLimit;
import io.replog.node.tls.TlsFiles;
import io.replog.node.tls.TlsProperties;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/// Starts a node: reads the settings before anything else, then the application, and turns whatever
/// makes a start impossible into one line and an exit code.
public final class NodeLauncher {

  private static final String DEFAULTS = "/io/replog/node/node.properties";

  private NodeLauncher() {}

  /// The body of `main`. Does not return normally if the node cannot start.
  public static void launch(Role role, Class<?> application) {
    NodeSettings settings = null;
    StopLimit stopLimit = StopLimit.install();
    try {
      settings = SettingsReader.read(role, EnvFile.under(System.getenv(), Path.of(".env")));
      start(settings, application, new FailStop(stopLimit));
    } catch (Throwable failure) {
      end(failure, settings);
    }
  }

  /// Starts a node in this process.
  ///
  /// @param failStop ends the process when going on could do harm
  /// @param properties further Spring properties, `name=value`
  public static ConfigurableApplicationContext start(
      NodeSettings settings, Class<?> application, FailStop failStop, String... properties) {
    TlsFiles.check(settings.tls());
    SpringApplication spring = new SpringApplication(application);
    spring.setDefaultProperties(defaults());
    spring.addInitializers(
        context -> {
          context.getBeanFactory().registerSingleton("nodeSettings", settings);
          context.getBeanFactory().registerSingleton("failStop", failStop);
        });
    return spring.run(arguments(settings, properties));
  }

  private static String[] arguments(NodeSettings settings, String... properties) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--server.port=" + settings.port());
    arguments.add("--server.address=" + settings.bindAddress());
    Integer managementPort = settings.managementPort();
    if (managementPort != null && (managementPort == 0 || managementPort != settings.port())) {
      arguments.add("--management.server.port=" + managementPort);
      arguments.add("--management.server.address=" + settings.bindAddress());
    }
    if (settings.logFormat() == LogFormat.JSON) {
      arguments.add("--logging.structured.format.console=logstash");
    }
    TlsProperties.of(settings.tls()).forEach(property -> arguments.add("--" + property));
    for (String property : properties) {
      arguments.add("--" + property);
    }
    return arguments.toArray(String[]::new);
  }

  private static Properties defaults() {
    Properties defaults = new Properties();
    try (Reader reader =
        new InputStreamReader(
            NodeLauncher.class.getResourceAsStream(DEFAULTS), StandardCharsets.UTF_8)) {
      defaults.load(reader);
      return defaults;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static void end(Throwable failure, @Nullable NodeSettings settings) {
    StartFailure why = StartFailure.of(failure, settings);
    String line = why.line();
    if (line == null) {
      LoggerFactory.getLogger("replog").error("the node did not start", failure);
    } else {
      System.err.println(Printable.onOneLine(line));
    }
    System.exit(why.exitCode());
  }
}
