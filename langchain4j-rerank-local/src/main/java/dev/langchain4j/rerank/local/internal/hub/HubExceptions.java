package dev.langchain4j.rerank.local.internal.hub;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.exception.TimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;

/** The exceptions for failures of the hub, with a remedy in each message. */
record HubExceptions(URI endpoint, boolean withToken) {

    /**
     * Returns the exception for the failure of a request.
     *
     * @param object the requested object, such as the name of a file
     * @param failure the failure of the last attempt
     */
    LangChain4jException of(HubModel model, String object, IOException failure) {
        String wanted = object + " of " + model.id();
        if (failure instanceof HubStatusException refusal) {
            return refused(model, wanted, refusal);
        }
        if (failure instanceof HubProtocolException) {
            String message = endpoint + " does not answer as a hub does for " + wanted + ": " + failure.getMessage()
                    + "; check HF_ENDPOINT and proxies";
            return new NonRetriableException(message, failure);
        }
        // HttpClient gives no message to a refused connection or an unknown host
        String reason = failure instanceof ConnectException ? "no connection" : failure.getMessage();
        String message = endpoint + " did not deliver " + wanted + ": " + reason
                + "; check network, proxy and HF_ENDPOINT, or use cached models with offline(true)";
        return failure instanceof HttpTimeoutException
                ? new TimeoutException(message, failure)
                : new RetriableException(message, failure);
    }

    private LangChain4jException refused(HubModel model, String wanted, HubStatusException refusal) {
        String answered = refusal.server() + " answered HTTP " + refusal.status() + " for " + wanted;
        if (refusal.status() == 429) {
            String asked = refusal.retryAfter() == null ? "" : " (asked to wait: " + refusal.retryAfter() + ")";
            String limit = withToken ? "" : ", or set HF_TOKEN for a higher limit";
            return new RateLimitException(answered + ": too many requests" + asked + "; try later" + limit, refusal);
        }
        if (refusal.passes()) {
            return new InternalServerException(
                    answered + "; try later, or use cached models with offline(true)", refusal);
        }
        // the store of large files knows neither models nor our token
        if (!refusal.isFrom(endpoint)) {
            return new NonRetriableException(answered + ", which the hub redirected to; try later", refusal);
        }
        String page = endpoint + "/" + model.id();
        return switch (refusal.status()) {
            case 401, 403 -> locked(answered, page, refusal);
            case 404 -> new ModelNotFoundException(answered + ": " + absent(refusal, model, page), refusal);
            default -> new InvalidRequestException(answered, refusal);
        };
    }

    private LangChain4jException locked(String answered, String page, HubStatusException refusal) {
        if (refusal.code().equals("GatedRepo")) {
            String advice = "accept its terms at " + page + " and set HF_TOKEN to a token of that account";
            return new AuthenticationException(answered + ": the model is gated; " + advice, refusal);
        }
        if (refusal.status() == 403) {
            String advice = "set HF_TOKEN to a token that may read it, or ask for access at " + page;
            return new AuthenticationException(answered + ": access is not granted; " + advice, refusal);
        }
        if (withToken && !refusal.code().equals("RepoNotFound")) {
            String advice = "check HF_TOKEN and the spelling";
            return new AuthenticationException(
                    answered + ": the token is not valid, or there is no such model; " + advice, refusal);
        }
        // the hub does not reveal private models to anonymous users
        return new ModelNotFoundException(
                answered + ": there is no such model, or it is private; check the spelling and HF_TOKEN", refusal);
    }

    private static String absent(HubStatusException refusal, HubModel model, String page) {
        return refusal.code().equals("RevisionNotFound")
                ? "there is no revision \"" + model.revision() + "\"; the revisions are listed at " + page
                        + "/tree/main"
                : "there is none; check the spelling, and that the token may read it if it is private";
    }
}
