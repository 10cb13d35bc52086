package dev.langchain4j.rerank.spring;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Hides keys in the output of actuators, even if the application shows values. Covers the environment variables of the
 * providers as well, all of which end in API_KEY except that of Hugging Face.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(SanitizingFunction.class)
class KeyConfiguration {

    private static final String OURS = ApiProtocol.canonical(RerankProperties.Api.PREFIX);

    @Bean
    SanitizingFunction rerankKeySanitizingFunction() {
        return data -> holdsSecret(ApiProtocol.canonical(data.getKey()))
                ? data.withValue(SanitizableData.SANITIZED_VALUE)
                : data;
    }

    private static boolean holdsSecret(String name) {
        return name.endsWith("apikey")
                || name.equals("hftoken")
                || (name.startsWith(OURS) && name.contains("customheaders"));
    }
}
