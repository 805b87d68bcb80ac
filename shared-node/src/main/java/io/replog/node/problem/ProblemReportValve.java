package io.replog.node.problem;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The last resort: answers what the web server refuses before any handler sees it, such as a
/// malformed request line or headers above the limit. Created by the server, by name.
public final class ProblemReportValve extends ErrorReportValve {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemReportValve.class);

  @Override
  protected void report(Request request, Response response, Throwable throwable) {
    int status = response.getStatus();
    if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    AtomicBoolean writable = new AtomicBoolean();
    response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, writable);
    if (writable.get()) {
      write(request, response, status);
    }
  }

  private static void write(Request request, Response response, int status) {
    Refusal refusal = RefusalOf.status(status);
    byte[] body =
        ProblemWriter.bytes(
            Problem.of(refusal.type(), status, words(status, refusal), instance(request), null));
    try {
      response.setContentType(ProblemWriter.mediaType(request.getHeader("Accept")));
      response.setHeader("X-Content-Type-Options", "nosniff");
      response.setContentLength(body.length);
      response.getOutputStream().write(body);
      response.finishResponse();
    } catch (IOException | IllegalStateException gone) {
      LOG.debug("could not report status {}: {}", status, gone.toString());
    }
  }

  private static String words(int status, Refusal refusal) {
    return switch (status) {
      case 400 ->
          "the request line, the path or a header is malformed, or the headers are above 8 KB";
      case 405 -> "this method is not served";
      case 417 -> "of all expectations only 100-continue is met";
      case 501 -> "this method or transfer coding is not served; nothing was appended";
      case 505 -> "this version of HTTP is not served; nothing was appended";
      default -> refusal.message();
    };
  }

  private static String instance(Request request) {
    return ProblemWriter.instance(request.getRequestURI());
  }
}
