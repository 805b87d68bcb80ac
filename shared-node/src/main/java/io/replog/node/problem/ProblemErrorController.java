package io.replog.node.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/// Answers errors that the web server reports from behind a filter.
@Controller
final class ProblemErrorController implements ErrorController {

  @RequestMapping("/error")
  void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    Refusal refusal = RefusalOf.status(code instanceof Integer status ? status : 404);
    int status = code instanceof Integer given ? given : 404;
    Problem problem =
        Problem.of(
            refusal.type(),
            status,
            refusal.message(),
            ProblemWriter.instance(path instanceof String text ? text : request.getRequestURI()),
            null);
    ProblemWriter.write(response, problem, String.valueOf(request.getHeader("Accept")));
  }
}
