import { LoginInput, SessionUser, SessionView, SetupInput } from '@hookloom/contracts';
import type { Principal } from '@hookloom/server-kit';
import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { CurrentPrincipal } from '../access/access.hook.js';
import { Principals } from '../access/principals.service.js';
import { SessionCookie } from '../access/session-cookie.js';
import { AppParts } from '../app-parts.js';
import { JsonBody, Operation, UncheckedBody } from '../http/operation.js';
import { LoginService } from './login.service.js';
import { SetupService } from './setup.service.js';

/** Signing in and out, and the first visit. */
@Controller()
export class SessionController {
  private readonly cookie: SessionCookie;

  constructor(
    private readonly parts: AppParts,
    private readonly principals: Principals,
    private readonly setup: SetupService,
    private readonly login: LoginService,
  ) {
    this.cookie = new SessionCookie(parts.config.publicUrl);
  }

  @Get('session')
  @Operation({
    access: 'public',
    summary: 'Who is signed in, and whether setup is open',
    answer: SessionView,
  })
  async session(@Req() request: FastifyRequest): Promise<SessionView> {
    const principal = await this.principals.find(request.headers);
    return { user: principal ? toUser(principal) : null, setupOpen: await this.setup.isOpen() };
  }

  @Post('setup')
  @Operation({
    access: 'public',
    onlyDuringSetup: true,
    status: 201,
    summary: 'Become the owner, with the token of the printed link',
    answer: SessionView,
    refusals: { 403: 'The token is missing or wrong.', 409: 'There is an owner already.' },
  })
  async createOwner(
    @UncheckedBody(SetupInput) body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const user = await this.setup.createOwner(body);
    return this.signIn(user, reply);
  }

  @Post('auth/login')
  @Operation({
    access: 'public',
    summary: 'Sign in: sets the session cookie',
    answer: SessionView,
    refusals: { 401: 'The address or the password is wrong.', 429: 'Too many tries.' },
  })
  async signInWithPassword(
    @JsonBody(LoginInput) input: z.infer<typeof LoginInput>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.signIn(await this.login.check({ ...input, address: request.ip }), reply);
  }

  @Post('auth/logout')
  @Operation({ access: 'public', status: 204, summary: 'Sign out: the session ends at once' })
  async signOut(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const principal = await this.principals.find({ cookie: request.headers.cookie });
    if (principal?.via.kind === 'session') await this.parts.store.sessions.delete(principal.via.tokenHash);
    reply.header('set-cookie', this.cookie.clear());
  }

  @Get('auth/me')
  @Operation({ access: 'signed-in', summary: 'Who is signed in', answer: SessionUser })
  me(@CurrentPrincipal() principal: Principal): SessionUser {
    return toUser(principal);
  }

  private async signIn(user: SessionUser, reply: FastifyReply): Promise<SessionView> {
    reply.header('set-cookie', this.cookie.set(await this.login.openSession(user.id)));
    return { user, setupOpen: false };
  }
}

function toUser(principal: Principal): SessionUser {
  return { id: principal.userId, email: principal.email, name: principal.name, role: principal.role };
}
