package io.replog.client.branches;

import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.replog.client.Invocation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BranchesCommandTest {

  private static final String SALE =
      """
      {"status_code":200,"message":"ok","data":{"id":7,"version":%d,"date":"2026-11-20",
       "region":"West","product":"tea","quantity":%d,"cost":1.20,"amount":%s,"tax":%s,"total":%s}}
      """;

  private final WireMockServer node =
      new WireMockServer(WireMockConfiguration.options().dynamicPort().http2PlainDisabled(true));

  @TempDir private Path root;

  @BeforeEach
  void start() {
    node.start();
  }

  @AfterEach
  void stop() {
    node.stop();
  }

  @Test
  void changesWhatIsGivenAndLeavesSumsToTheConnectors() {
    node.stubFor(
        get(urlEqualTo("/branches/lviv/sales/7"))
            .willReturn(okJson(SALE.formatted(1, 3, "3.60", "0.72", "4.32"))));
    node.stubFor(
        put(urlEqualTo("/branches/lviv/sales/7"))
            .willReturn(okJson(SALE.formatted(2, 0, "0.00", "0.00", "0.00"))));

    Invocation run = replog("change-sale", "lviv", "7", "--quantity", "0", "--tax", "0");

    assertThat(run.out()).isEqualTo("lviv: sale 7 changed, version 2, total 0.0\n");
    node.verify(
        putRequestedFor(urlEqualTo("/branches/lviv/sales/7"))
            .withRequestBody(
                equalToJson(
                    """
                    {"id":7,"version":1,"date":"2026-11-20","region":"West","product":"tea",
                     "quantity":0,"cost":1.20,"tax":0}
                    """)));
  }

  private Invocation replog(String... arguments) {
    List<String> line = new ArrayList<>(List.of("branches", "--connectors", node.baseUrl()));
    line.addAll(List.of(arguments));
    return Invocation.run(root, Map.of(), line.toArray(String[]::new));
  }
}
